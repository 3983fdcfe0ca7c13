const { frame } = require("./frame.js");
const { tags } = require("./listing.js");
const { escape, label, day, clock, minute, minutes } = require("./words.js");

exports.render = ({ title, topic, terms, source, summary, content, page }) => frame(
  { title, path: page.url, kind: "article", description: summary, here: topic },
  `<article class="article">
<header>
<p class="kicker"><a href="/topics/${topic}/">${label(topic)}</a></p>
<h1 dir="auto">${escape(title)}</h1>
</header>
<dl class="facts">
<div><dt>Source</dt><dd>${escape(source.name)}</dd></div>
<div><dt>Published</dt><dd>
<time datetime="${minute(page.date)}">${day(page.date)}, ${clock(page.date)}</time>
</dd></div>
<div><dt>Reading time</dt><dd>${minutes(content)} min</dd></div>
</dl>
<div class="body" dir="auto">
${content}
</div>
<footer>
<p class="onward"><a href="${source.url}" rel="external">Read at <bdi>${escape(source.name)}</bdi></a></p>
${tags(terms)}
</footer>
</article>`,
);
