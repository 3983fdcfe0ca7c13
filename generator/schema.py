"""The tables of the catalogue. Another text is another version: a catalogue made with it is made anew."""

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, digest TEXT NOT NULL, read_ns INTEGER NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_beside ON files (path) WHERE substr(path, -3) <> '.md';
CREATE TABLE seeds (
    path TEXT PRIMARY KEY, read_ns INTEGER NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE issues (path TEXT, line INTEGER, severity TEXT, message TEXT);
CREATE INDEX issues_of ON issues (path);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, address TEXT NOT NULL, moment INTEGER NOT NULL,
    expires INTEGER, draft INTEGER NOT NULL, live INTEGER NOT NULL
);
CREATE INDEX articles_at ON articles (address, live);
CREATE INDEX articles_due ON articles (moment);
CREATE INDEX articles_expiring ON articles (expires) WHERE expires IS NOT NULL;
CREATE INDEX articles_held ON articles (file) WHERE NOT live;
CREATE TABLE cards (article INTEGER PRIMARY KEY, card BLOB NOT NULL, rest BLOB NOT NULL);
CREATE TABLE bodies (article INTEGER PRIMARY KEY, body BLOB NOT NULL, stamp TEXT NOT NULL);
CREATE TABLE attachments (file TEXT, name TEXT, target TEXT, PRIMARY KEY (file, name)) WITHOUT ROWID;
CREATE INDEX attachments_from ON attachments (target);
CREATE TABLE totals (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, total INTEGER NOT NULL);
CREATE TABLE members (
    key INTEGER, moment INTEGER, article INTEGER, PRIMARY KEY (key, moment DESC, article)
) WITHOUT ROWID;
CREATE TABLE names (key TEXT, name TEXT, uses INTEGER NOT NULL, PRIMARY KEY (key, name)) WITHOUT ROWID;
CREATE TABLE edges (article INTEGER, related INTEGER, PRIMARY KEY (article, related)) WITHOUT ROWID;
CREATE INDEX edges_to ON edges (related);
CREATE TABLE outputs (
    path TEXT PRIMARY KEY, key TEXT NOT NULL, template TEXT NOT NULL, fingerprint TEXT NOT NULL,
    made_of TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX outputs_of ON outputs (key);
CREATE TABLE touched (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE stories (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, captured TEXT NOT NULL,
    words INTEGER NOT NULL, sketch BLOB NOT NULL, number INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE sightings (id TEXT, input TEXT, PRIMARY KEY (id, input)) WITHOUT ROWID;
CREATE TABLE retellings (id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sketches (hash INTEGER, story INTEGER, PRIMARY KEY (hash, story)) WITHOUT ROWID;
CREATE TABLE spellings (variant TEXT, tag TEXT, PRIMARY KEY (variant, tag)) WITHOUT ROWID;
"""
