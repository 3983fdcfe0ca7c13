"""A branch as a host: what gets there, who may push, whom it belongs to, and what is left of a push that failed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import quiet
from processes import await_end
from repositories import EXTRAS, SITE, Desk, bare, commit, commits, git, held, hook, served, set_apart

from generator import hosts
from generator.model import DatelineError, Passing
from generator.publishing.git import program
from generator.publishing.git.branch import opened
from generator.publishing.git.copy import Copy
from generator.publishing.host import MANIFEST, HostError
from generator.publishing.manifest import parse_manifest


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_apart(tmp_path, monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "news").mkdir()
    return Desk(tmp_path / "news", bare(tmp_path / "remote.git"))


def checkout(desk: Desk) -> Desk:
    """Let the site lie in a repository of its own, on main, with the one that is published to as its origin."""
    (desk.root / "dateline.toml").write_text("[site]\n")
    git(desk.root, "init", "--quiet", "--initial-branch=main")
    git(desk.root, "add", "dateline.toml")
    git(desk.root, "commit", "--quiet", "--message=Sources")
    git(desk.root, "remote", "add", "origin", "../remote.git")
    return desk


def test_the_branch_holds_the_site_and_nothing_else(desk: Desk) -> None:
    desk.publish(SITE)

    assert desk.published() == SITE | EXTRAS
    manifest = parse_manifest(held(desk.remote)[MANIFEST])
    assert manifest
    assert manifest.digests == {
        path: hashlib.sha256(data).hexdigest() for path, data in (SITE | EXTRAS).items()
    }
    assert git(desk.remote, "log", "--format=%s", "gh-pages") == "4 files uploaded, 0 deleted"


def test_bytes_are_the_sites_whatever_people_set_up(desk: Desk, tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    for name in ("pre-push", "pre-commit", "reference-transaction", "post-index-change"):
        hook(tmp_path, name, 'case "$PWD" in *remote.git) exit 0;; esac; exit 1')  # there it is the server's
    (tmp_path / "attributes").write_text("* text eol=crlf ident filter=break\n")
    (tmp_path / "ignored").write_text("*\n")
    (tmp_path / "gitconfig").write_text(
        f"""
        [core]
            autocrlf = true
            safecrlf = true
            attributesFile = {tmp_path}/attributes
            excludesFile = {tmp_path}/ignored
            fsmonitor = /nowhere
            hooksPath = {hooks}
        [commit]
            gpgSign = true
        [push]
            gpgSign = true
            followTags = true
            pushOption = loud
        [gpg]
            program = false
        [filter "break"]
            clean = false
            required = true
        [protocol "file"]
            allow = never
        [fetch]
            prune = true
        """
    )
    odd = {
        "crlf.html": b"a\r\nb\n$Id$\r\n",
        "empty": b"",
        'assets/a b"c\\d\te.css': b"1",
        "assets/two\nlines.css": b"2",
        '"quoted"': b"3",
        "tags/žluťoučký-新闻/index.html": b"4",
        "assets/picture.png": bytes(range(256)) * 9,
    }

    desk.publish(SITE | odd)
    assert desk.published() == SITE | odd | EXTRAS

    del odd["assets/two\nlines.css"], odd['"quoted"'], odd['assets/a b"c\\d\te.css']
    desk.publish(SITE | odd)
    assert desk.published() == SITE | odd | EXTRAS
    assert desk.publish(SITE | odd).to_upload == ()


def test_a_file_may_become_a_folder_and_a_folder_a_file(desk: Desk) -> None:
    desk.publish({"index.html": b"1", "a": b"2", "b/c/d": b"3"})
    after = {"index.html": b"1", "a/x": b"2", "b": b"3"}

    desk.publish(after)

    assert desk.published() == after | EXTRAS


@pytest.mark.parametrize("history", [True, False])
def test_history_is_kept_or_not(desk: Desk, history: bool) -> None:  # noqa: FBT001 - a parameter
    target = hosts.Git(str(desk.remote), history=history)
    desk.publish(SITE, target)
    desk.publish(SITE | {"index.html": b"<p>Later"}, target)
    shutil.rmtree(desk.root / ".dateline")

    desk.publish(SITE | {"index.html": b"<p>Last"}, target)

    assert len(commits(desk.remote)) == (3 if history else 1)
    assert desk.published() == SITE | {"index.html": b"<p>Last"} | EXTRAS
    git(desk.remote, "fsck", "--strict")


def test_history_can_be_given_up(desk: Desk) -> None:
    desk.publish(SITE)
    desk.publish(SITE | {"index.html": b"<p>Later"})

    desk.publish(SITE, hosts.Git(str(desk.remote), history=False))

    assert len(commits(desk.remote)) == 1
    assert desk.published() == SITE | EXTRAS


def test_nothing_to_change_is_no_commit(desk: Desk) -> None:
    desk.publish(SITE)
    before = commits(desk.remote)

    assert desk.publish(SITE).to_upload == ()
    shutil.rmtree(desk.root / ".dateline")
    assert desk.publish(SITE).to_upload == ()
    with opened(desk.target, desk.root, quiet) as host:
        host.write(MANIFEST, host.read(MANIFEST) or b"")
        host.finish("Nothing")

    assert commits(desk.remote) == before


def test_who_only_looks_changes_nothing(desk: Desk) -> None:
    with opened(desk.target, desk.root, quiet, looking=True) as host:
        assert host.listing({}) == {}
        assert host.read(MANIFEST) is None

    assert commits(desk.remote) == []


@pytest.mark.parametrize("branch", ["gh-pages", "site/public", "main"])
def test_any_branch_will_do(desk: Desk, branch: str) -> None:
    desk.publish(SITE, hosts.Git(str(desk.remote), branch))

    assert desk.published(branch) == SITE | EXTRAS


def test_other_names_may_hold_whatever_git_allows(desk: Desk) -> None:
    desk.publish(SITE)
    commit(desk.remote, "a\u2028b/HEAD", SITE)

    assert desk.publish(SITE).deletions == ()
    assert desk.published() == SITE | EXTRAS


def test_a_branch_that_is_changed_by_hand_is_mended(desk: Desk) -> None:
    desk.publish(SITE)
    commit(desk.remote, "gh-pages", {"index.html": b"by hand"})
    commit(desk.remote, "gh-pages", {"rss.xml": SITE["rss.xml"]}, mode="100755")

    plan = desk.publish(SITE)

    assert set(plan.to_upload) == {"index.html", "rss.xml"}
    assert desk.published() == SITE | EXTRAS


def test_files_of_others_are_refused_until_they_are_adopted(desk: Desk) -> None:
    desk.publish(SITE)
    commit(desk.remote, "gh-pages", {"shop.html": b"mine"})

    with pytest.raises(DatelineError, match=r"shop\.html"):
        desk.publish(SITE)

    assert desk.publish(SITE, adopt=True).deletions == ("shop.html",)
    assert desk.published() == SITE | EXTRAS


def test_a_name_that_is_not_utf_8_is_told(desk: Desk) -> None:
    commit(desk.remote, "gh-pages", {os.fsdecode(b"caf\xe9.html"): b"mine"})

    with pytest.raises(HostError, match=r"holds caf\\xe9\.html, a name that is not UTF-8"):
        desk.publish(SITE)


def test_the_domain_is_kept_where_github_and_codeberg_look_for_it(desk: Desk) -> None:
    target = hosts.Git(str(desk.remote), cname="news.example.org")
    domain = {"CNAME": b"news.example.org\n", ".domains": b"news.example.org\n"}
    desk.publish(SITE, target)
    assert desk.published() == SITE | EXTRAS | domain

    desk.publish(SITE | {"index.html": b"<p>Later"}, target)
    assert desk.published().items() >= domain.items()

    desk.publish(SITE)
    assert desk.published() == SITE | EXTRAS


def test_a_domain_that_github_wrote_is_the_same_and_another_is_refused(desk: Desk) -> None:
    desk.publish(SITE)
    commit(desk.remote, "gh-pages", {"CNAME": b"News.example.org"})
    with pytest.raises(DatelineError, match="CNAME"):
        desk.publish(SITE)
    with pytest.raises(DatelineError, match="CNAME"):
        desk.publish(SITE, hosts.Git(str(desk.remote), cname="other.example.org"))

    desk.publish(SITE, hosts.Git(str(desk.remote), cname="news.example.org"))

    assert desk.published()["CNAME"] == b"News.example.org"


def test_of_two_publishers_one_is_told_to_publish_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    push = Copy.push

    def second(self: Copy, tip: str, *, history: bool) -> None:
        commit(desk.remote, "gh-pages", {"index.html": b"theirs"})
        push(self, tip, history=history)

    with monkeypatch.context() as patch:
        patch.setattr(Copy, "push", second)
        with pytest.raises(Passing, match="somebody else published there meanwhile; publish again"):
            desk.publish(SITE)
        assert desk.published() == {"index.html": b"theirs"}
        with pytest.raises(Passing, match="somebody else published there meanwhile; publish again"):
            desk.publish(SITE, hosts.Git(str(desk.remote), history=False), adopt=True)
    assert desk.published() == {"index.html": b"theirs"}

    desk.publish(SITE, adopt=True)
    assert desk.published() == SITE | EXTRAS


def test_the_same_where_the_other_comes_while_the_server_works(desk: Desk) -> None:
    desk.publish(SITE)
    theirs = commit(desk.remote, "theirs", {"index.html": b"theirs"})
    hook(desk.remote, "update", f"unset GIT_QUARANTINE_PATH; git update-ref refs/heads/gh-pages {theirs}")

    with pytest.raises(Passing, match="publish again"):
        desk.publish(SITE | {"index.html": b"<p>Later"})

    assert desk.published() == {"index.html": b"theirs"}


def test_a_push_whose_answer_is_lost_is_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reach = program.Program.reach

    def lose(self: program.Program, *arguments: str, patience: float | None = None) -> program.Answer:
        answer = reach(self, *arguments, patience=patience)
        return answer._replace(status=128, words="the line is dead") if arguments[0] == "push" else answer

    monkeypatch.setattr(program.Program, "reach", lose)
    desk.publish(SITE)

    assert desk.published() == SITE | EXTRAS
    assert desk.publish(SITE).to_upload == ()


def test_the_server_says_why_it_refuses(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPLOY_TOKEN", "open-sesame")
    hook(
        desk.remote, "pre-receive", "echo 'GH006: Protected branch' >&2; echo 'token open-sesame' >&2; exit 1"
    )

    with pytest.raises(HostError) as refused:
        desk.publish(SITE)

    assert str(refused.value) == (
        f"branch gh-pages of {desk.remote}: did not take what is published: GH006: Protected branch; token …;"
        " pre-receive hook declined"
    )
    assert commits(desk.remote) == []
    (desk.remote / "hooks/pre-receive").unlink()
    desk.publish(SITE)
    assert desk.published() == SITE | EXTRAS


def test_a_server_that_keeps_every_commit_says_so(desk: Desk) -> None:
    git(desk.remote, "config", "receive.denyNonFastForwards", "true")
    desk.publish(SITE)

    with pytest.raises(HostError, match="denying non-fast-forward"):
        desk.publish({"index.html": b"1"}, hosts.Git(str(desk.remote), history=False))


def test_a_disk_that_is_full_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _wrap(
        monkeypatch,
        tmp_path,
        'case "$*" in *fast-import*) echo "fatal: No space left on device" >&2; exit 128;; esac',
    )

    with pytest.raises(HostError, match="the commit cannot be written: No space left on device"):
        desk.publish(SITE | {"large": bytes(1 << 20)})

    assert commits(desk.remote) == []


def test_a_remote_is_found_by_its_name(desk: Desk) -> None:
    checkout(desk)

    desk.publish(SITE, hosts.Git())

    assert desk.published() == SITE | EXTRAS


def test_where_a_remote_is_pushed_to_elsewhere_it_is_read_there_too(desk: Desk, tmp_path: Path) -> None:
    checkout(desk)
    git(desk.root, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    git(desk.root, "remote", "set-url", "--push", "origin", "short:remote.git")
    git(desk.root, "config", f"url.{tmp_path}/.insteadOf", "short:")

    desk.publish(SITE, hosts.Git())

    assert desk.published() == SITE | EXTRAS


def test_a_path_counts_from_the_sites_folder(desk: Desk) -> None:
    desk.publish(SITE, hosts.Git("../remote.git"))

    assert desk.published() == SITE | EXTRAS


@pytest.mark.parametrize(
    ("repository", "why"),
    [
        ("origin", "origin: is neither an address nor a path, and the site lies in no repository"),
        ("../none.git", "none.git: cannot be read: .*none.git.* does not appear to be a git repository"),
    ],
)
def test_a_repository_that_is_not_there_is_told(desk: Desk, repository: str, why: str) -> None:
    with pytest.raises(HostError, match=why):
        desk.publish(SITE, hosts.Git(repository))


def test_a_remote_that_is_not_there_is_told(desk: Desk) -> None:
    checkout(desk)

    with pytest.raises(
        HostError, match=r"upstream: .*nor a remote of the site's repository \(it has origin\)"
    ):
        desk.publish(SITE, hosts.Git("upstream"))


@pytest.mark.parametrize("branch", ["a..b", "two words", "@{-1}", "x.lock", "ends/"])
def test_a_name_that_no_branch_can_have_is_told(desk: Desk, branch: str) -> None:
    with pytest.raises(HostError, match="is no name that a branch can have"):
        desk.publish(SITE, hosts.Git(str(desk.remote), branch))


def test_the_branch_that_is_checked_out_is_refused(desk: Desk) -> None:
    checkout(desk)

    for repository in ("origin", str(desk.remote), "../remote.git", ".", str(desk.root)):
        with pytest.raises(HostError, match="branch main is the one that the site's sources are on"):
            desk.publish(SITE, hosts.Git(repository, "main"))


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example/You/news",
        "https://you@git.example:443/you/news.git/",
        "ssh://git@git.example:22/you/news.git",
        "git.example:/you/news",
    ],
)
def test_however_its_repository_is_addressed(desk: Desk, address: str) -> None:
    checkout(desk)
    git(desk.root, "remote", "add", "home", "git@git.example:you/news.git")

    with pytest.raises(HostError, match="branch main is the one that the site's sources are on"):
        desk.publish(SITE, hosts.Git(address, "main"))


def test_a_branch_with_sources_is_refused(desk: Desk) -> None:
    checkout(desk)
    git(desk.root, "branch", "drafts")
    git(desk.root, "push", "--quiet", "origin", "main:trunk")
    git(desk.root, "update-ref", "-d", "refs/remotes/origin/trunk")
    git(desk.root, "checkout", "--quiet", "--detach")

    for branch in ("drafts", "main", "trunk"):
        with pytest.raises(
            HostError, match=rf"branch {branch} holds the sources of a site \(dateline.toml\)"
        ):
            desk.publish(SITE, hosts.Git(branch=branch), adopt=True)
    assert desk.published("trunk") == {"dateline.toml": b"[site]\n"}


def test_a_site_in_a_folder_of_a_repository_is_known_by_its_place(desk: Desk) -> None:
    checkout(desk)
    inside = Desk(desk.root / "digest", desk.remote)
    inside.root.mkdir()
    commit(desk.remote, "trunk", {"digest/dateline.toml": b""})

    with pytest.raises(HostError, match="holds the sources of a site"):
        inside.publish(SITE, hosts.Git(branch="trunk"))


def test_what_the_person_works_on_is_not_touched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout(desk)
    (desk.root / ".gitignore").write_text("site/\n.dateline/\n")
    (desk.root / "staged").write_text("staged")
    git(desk.root, "add", "staged")
    own = desk.root / ".git"
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    for name, value in {"GIT_DIR": own, "GIT_INDEX_FILE": own / "index", "GIT_WORK_TREE": desk.root}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(own))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(own / "objects"))

    desk.publish(SITE, hosts.Git())

    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before
    monkeypatch.undo()
    assert desk.published() == SITE | EXTRAS


def test_who_commits_is_whom_git_knows(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def author() -> str:
        desk.publish(SITE | {"index.html": os.urandom(8)}, hosts.Git())
        return git(desk.remote, "log", "-1", "--format=%an <%ae> %cn <%ce>", "gh-pages")

    checkout(desk)
    nobody = "Dateline <dateline@localhost>"
    assert author() == f"{nobody} {nobody}"
    (tmp_path / "gitconfig").write_text("[user]\nname = Ada\nemail = ada@news.example\n")
    assert author() == "Ada <ada@news.example> Ada <ada@news.example>"
    git(desk.root, "config", "user.name", "Ada of the desk")
    assert author().startswith("Ada of the desk <ada@news.example>")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Bo")
    assert author() == "Bo <ada@news.example> Ada of the desk <ada@news.example>"


def test_a_server_may_ask_for_a_token(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    checkout(desk)
    git(desk.remote, "config", "http.receivepack", "true")
    with served(desk.remote.parent, "Basic b3BlbjpzZXNhbWU=") as address:
        git(desk.root, "remote", "set-url", "origin", f"{address}/remote.git")
        with pytest.raises(HostError, match=r"could not read Username for .* terminal prompts disabled"):
            desk.publish(SITE, hosts.Git())

        git(desk.root, "config", f"http.{address}/.extraHeader", "Authorization: Basic b3BlbjpzZXNhbWU=")
        desk.publish(SITE, hosts.Git())
        git(desk.root, "config", "--unset-all", f"http.{address}/.extraHeader")
        monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
        monkeypatch.setenv("GIT_CONFIG_KEY_0", "http.extraHeader")
        monkeypatch.setenv("GIT_CONFIG_VALUE_0", "Authorization: Basic b3BlbjpzZXNhbWU=")
        desk.publish(SITE | {"index.html": b"<p>Later"}, hosts.Git())

    assert desk.published() == SITE | {"index.html": b"<p>Later"} | EXTRAS
    assert len(commits(desk.remote)) == 2
    kept = b"".join(path.read_bytes() for copy in desk.copies for path in copy.rglob("*") if path.is_file())
    assert b"b3BlbjpzZXNhbWU=" not in kept
    assert capfd.readouterr() == ("", "")


def test_no_network_is_told_without_a_secret(desk: Desk) -> None:
    with served(desk.root, "") as address:
        gone = address.replace("//", "//open-sesame@")
    with pytest.raises(HostError, match=r"cannot be read: .*onnect") as refused:
        desk.publish(SITE, hosts.Git(f"{gone}/remote.git"))

    assert "open-sesame" not in str(refused.value)


def test_a_server_that_does_not_answer_is_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(ssh))
    monkeypatch.setattr("generator.publishing.git.copy.PATIENCE", 3)

    with pytest.raises(HostError, match=r"cannot be read: no answer in 3 seconds"):
        desk.publish(SITE, hosts.Git("git@127.0.0.1:remote.git"))

    assert (tmp_path / "pid").read_text()
    await_end(tmp_path / "pid")


def test_ssh_asks_nobody_unless_somebody_sits_there_or_starts_it_their_own_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def said(name: str) -> str:
        with pytest.raises(HostError, match="cannot be read"):
            desk.publish(SITE, hosts.Git("git@127.0.0.1:remote.git"))
        return (tmp_path / f"{name}-said").read_text()

    (tmp_path / "bin").mkdir()
    for name in ("ssh", "own"):
        (tmp_path / "bin" / name).write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/{name}-said\nexit 255\n')
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")

    assert "BatchMode=yes" in said("ssh")
    with monkeypatch.context() as patch:
        patch.setattr("generator.publishing.git.program._somebody_sits_there", lambda: True)
        assert "BatchMode" not in said("ssh")
    git(checkout(desk).root, "config", "core.sshCommand", "own -i key")
    assert said("own").startswith("-i key")


def test_without_git_that_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(HostError, match="takes git, which is not installed"):
        desk.publish(SITE)

    old = tmp_path / "bin/git"
    old.write_text("#!/bin/sh\necho git version 2.30.2\n")
    old.chmod(0o755)
    with pytest.raises(HostError, match=r"takes git 2\.31 or later; here is git version 2\.30\.2"):
        desk.publish(SITE)


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("partial", [True, False])
def test_only_what_differs_goes_over_the_line(
    desk: Desk,
    history: bool,  # noqa: FBT001 - a parameter
    partial: bool,  # noqa: FBT001 - a parameter
) -> None:
    many = {f"2025/06/01/{number}/index.html": os.urandom(2000) for number in range(200)}
    git(desk.remote, "config", "uploadpack.allowFilter", str(partial))
    target = hosts.Git(str(desk.remote), history=history)
    desk.publish(SITE | many, target)
    before = size(desk.remote)

    assert desk.publish(SITE | many | {"index.html": b"<p>Later"}, target).to_upload == ("index.html",)
    shutil.rmtree(desk.root / ".dateline")
    assert desk.publish(SITE | many | {"index.html": b"<p>Last"}, target).to_upload == ("index.html",)

    assert desk.published() == SITE | many | {"index.html": b"<p>Last"} | EXTRAS
    assert size(desk.remote) - before < 100_000
    if partial:
        assert size(desk.copies[0]) < 200_000
    git(desk.remote, "fsck", "--strict")


def test_a_repository_with_ids_of_another_kind_will_do(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    desk = Desk(tmp_path / "news", bare(tmp_path / "sha256.git", "--object-format=sha256"))
    commit(desk.remote, "main", {"README.md": b"A site"})

    desk.publish(SITE)
    desk.publish(SITE | {"index.html": b"<p>Later"})
    shutil.rmtree(desk.root / ".dateline")

    assert desk.publish(SITE).to_upload == ("index.html",)
    assert desk.published() == SITE | EXTRAS


def test_a_copy_that_grew_is_made_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.publish(SITE)
    assert len(desk.copies) == 1
    monkeypatch.setattr("generator.publishing.git.copy.ROOMY", 0)
    monkeypatch.setattr("generator.publishing.git.copy.TIMES", 0)

    desk.publish(SITE | {"index.html": b"<p>Later"})
    assert desk.copies == []

    desk.publish(SITE)
    assert desk.published() == SITE | EXTRAS
    assert len(commits(desk.remote)) == 3


def test_a_copy_that_is_damaged_is_made_anew(desk: Desk) -> None:
    later = SITE
    for number, damage in enumerate((_no_objects, _no_refs, _cut_objects, _no_head, _rubbish)):
        desk.publish(later)
        (copy,) = desk.copies
        damage(copy)
        later = SITE | {"index.html": b"<p>Later %d" % number}

        desk.publish(later)

        assert desk.published() == later | EXTRAS
        git(desk.remote, "fsck", "--strict")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _no_objects(copy: Path) -> None:
    shutil.rmtree(copy / "objects")


def _no_refs(copy: Path) -> None:
    shutil.rmtree(copy / "refs")


def _cut_objects(copy: Path) -> None:
    for path in (copy / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(path.read_bytes()[:20])


def _no_head(copy: Path) -> None:
    (copy / "HEAD").unlink()


def _rubbish(copy: Path) -> None:
    for path in ("config", "HEAD", "refs/dateline/tip"):
        (copy / path).write_text("rubbish [")


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from repositories import Desk, SITE
Desk(Path({root!r}), Path({remote!r})).publish(SITE | {{"index.html": b"<p>Later"}})
"""


@pytest.mark.parametrize("moment", ["init", "ls-remote", "fetch", "fast-import", "push", "update-ref"])
@pytest.mark.parametrize("first", [True, False])
def test_a_publisher_that_is_killed_leaves_the_old_or_the_new(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    moment: str,
    first: bool,  # noqa: FBT001 - a parameter
) -> None:
    before = {} if first else SITE | EXTRAS
    after = SITE | {"index.html": b"<p>Later"} | EXTRAS
    if not first:
        desk.publish(SITE)
        commit(desk.remote, "gh-pages", {"index.html": b"by hand"})
        before["index.html"] = b"by hand"
        if moment == "init":
            shutil.rmtree(desk.root / ".dateline")
    program = PROGRAM.format(tests=str(Path(__file__).parent), root=str(desk.root), remote=str(desk.remote))
    with monkeypatch.context() as patch:
        noted = f"echo $$ > {tmp_path}/pid"
        _wrap(patch, tmp_path, f'for each; do [ "$each" = {moment} ] && {noted} && kill -9 $PPID; done')
        killed = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    if not (first and moment == "fetch"):
        assert killed.returncode == -9, killed.stderr
    assert desk.published() in (before, after)

    await_end(tmp_path / "pid")  # what was left over pushes meanwhile
    desk.publish(SITE | {"index.html": b"<p>Later"})
    assert desk.published() == after
    git(desk.remote, "fsck", "--strict")


def _wrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Let something happen whenever git is called."""
    real = shutil.which("git")
    folder = tmp_path / "wrapped"
    folder.mkdir()
    (folder / "git").write_text(f'#!/bin/sh\n{script}\nexec {real} "$@"\n')
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
