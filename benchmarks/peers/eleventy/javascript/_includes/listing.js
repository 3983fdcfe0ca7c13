// What pages of many stories are made of, and the page of a topic or a tag.
const { frame } = require("./frame.js");
const { escape, label, day, clock, minute, slug } = require("./words.js");

const story = ({ url, date, data }) => `<article class="story" dir="auto">
<h3><a href="${url}">${escape(data.title)}</a></h3>
<p class="summary">${escape(data.summary)}</p>
<p class="meta" dir="auto">
<a class="source" href="${data.source.url}">${escape(data.source.name)}</a>
<a href="/topics/${data.topic}/">${label(data.topic)}</a>
<span><time datetime="${minute(date)}">${clock(date)}</time></span>
</p>
</article>`;

const tags = (terms) => `<ul class="tags" aria-label="Tags">
${terms.map((name) => `<li><a href="/tags/${slug(name)}/" dir="auto">${escape(name)}</a></li>`).join("\n")}
</ul>`;

const band = (heading, pages, kind) => `<section class="band">
<h2>${heading}</h2>
<div class="${kind}">
${pages.map(story).join("\n")}
</div>
</section>`;

const days = (pages) => {
  const found = new Map();
  for (const page of pages) {
    const name = day(page.date);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(page);
  }
  return [...found].map(([name, onDay]) => band(name, onDay, "list")).join("\n");
};

const term = (kind, plural, { name, path, total, pages }, here) => {
  const title = here ? label(name) : name;
  return frame(
    { title, path, here, feed: `${path}rss.xml` },
    `<header class="heading">
<p class="kicker"><a href="/${plural}/">${kind}</a></p>
<h1 dir="auto">${escape(title)}</h1>
<p class="total">${total} stories, here are the newest ${pages.length}</p>
</header>
<div class="listing">
<div class="days">
${days(pages)}
</div>
<aside>
<section>
<h2>Follow ${escape(title)}</h2>
<ul class="feeds">
<li><a href="rss.xml" type="application/rss+xml">RSS</a></li>
</ul>
</section>
</aside>
</div>`,
  );
};

const counts = (title, path, terms) =>
  frame(
    { title, path },
    `<header class="heading">
<h1>${title}</h1>
<p class="total">${terms.length} ${title.toLowerCase()}</p>
</header>
<ul class="counts large">
${terms.map((one) => `<li><a href="${one.path}" dir="auto">${escape(one.name)}</a> <span>${one.total}</span></li>`).join("\n")}
</ul>`,
  );

module.exports = { band, counts, tags, term };
