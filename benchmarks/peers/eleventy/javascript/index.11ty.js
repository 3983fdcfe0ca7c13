const { frame } = require("./_includes/frame.js");
const { band, tags } = require("./_includes/listing.js");
const { SITE, escape, label } = require("./_includes/words.js");

exports.data = { permalink: "/", eleventyExcludeFromCollections: true };
exports.render = ({ collections }) => {
  const newest = collections.newest.slice(0, 60);
  const lead = newest[0];
  const sections = collections.topics
    .map(({ slug, path }) => [slug, path, newest.filter((page) => page.data.topic === slug)])
    .filter(([, , pages]) => pages.length)
    .map(([slug, path, pages]) => band(`<a href="${path}">${label(slug)}</a>`, pages, "row"));
  return frame(
    { title: SITE.title, path: "/" },
    `<article class="lead" dir="auto">
<header>
<p class="kicker"><a href="/topics/${lead.data.topic}/">${label(lead.data.topic)}</a></p>
<h2><a href="${lead.url}">${escape(lead.data.title)}</a></h2>
</header>
<p class="summary">${escape(lead.data.summary)}</p>
${tags(lead.data.terms)}
</article>
${sections.join("\n")}`,
  );
};
