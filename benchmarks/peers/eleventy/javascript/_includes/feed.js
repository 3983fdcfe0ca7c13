// A feed of fifty stories: whole ones, or their summaries.
const { SITE, escape, rfc822 } = require("./words.js");

const item = (page, full) => `    <item>
      <title>${escape(page.data.title)}</title>
      <link>${SITE.url}${page.url}</link>
      <description>${escape(page.data.summary)}</description>
${full ? `      <content:encoded>${escape(page.content)}</content:encoded>\n` : ""}${[page.data.topic, ...page.data.terms]
  .map((name) => `      <category>${escape(name)}</category>`)
  .join("\n")}
      <guid isPermaLink="true">${SITE.url}${page.url}</guid>
      <pubDate>${rfc822(page.date)}</pubDate>
    </item>`;

const feed = (name, path, pages, full) => `<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>${name ? `${escape(name)} – ` : ""}${SITE.title}</title>
    <link>${SITE.url}${path}</link>
    <description>${SITE.title}</description>
    <atom:link href="${SITE.url}${path}rss.xml" rel="self" type="application/rss+xml"/>
    <generator>Eleventy</generator>
    <language>en</language>
    <lastBuildDate>${rfc822(pages[0].date)}</lastBuildDate>
${pages.map((page) => item(page, full)).join("\n")}
  </channel>
</rss>
`;

module.exports = { feed };
