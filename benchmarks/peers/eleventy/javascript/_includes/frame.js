// The frame of every page: `head` has title, path, kind, description, here (a topic), feed.
const { SITE, NAVIGATION, escape, label } = require("./words.js");

const entry = (topic, here) =>
  `<li><a href="/topics/${topic}/"${topic === here ? ' aria-current="true"' : ""}>${label(topic)}</a></li>`;

const frame = (head, content) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(head.title)}${head.path === "/" ? "" : ` – ${SITE.title}`}</title>
${head.description ? `<meta name="description" content="${escape(head.description)}">` : ""}
<link rel="canonical" href="${SITE.url}${head.path}">
<meta property="og:url" content="${SITE.url}${head.path}">
<meta property="og:type" content="${head.kind ?? "website"}">
<meta property="og:title" content="${escape(head.title)}">
<meta property="og:site_name" content="${SITE.title}">
<link rel="alternate" type="application/rss+xml" title="${escape(head.feed ? head.title : SITE.title)}" href="${head.feed ?? "/rss.xml"}">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<p class="name"><a href="/">${SITE.title}</a></p>
<nav class="topics" aria-label="Main">
<ul>
${NAVIGATION.map((topic) => entry(topic, head.here)).join("\n")}
<li class="index"><a href="/topics/">Topics</a></li>
<li class="index"><a href="/tags/">Tags</a></li>
</ul>
</nav>
</header>
<main id="main">
${content}
</main>
<footer class="colophon">
<p class="name"><a href="/">${SITE.title}</a></p>
<ul>
<li><a href="/rss.xml">RSS</a></li>
</ul>
<p class="made">Made with Eleventy</p>
</footer>
</body>
</html>
`;

module.exports = { frame };
