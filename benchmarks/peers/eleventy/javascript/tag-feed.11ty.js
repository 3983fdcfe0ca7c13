const { feed } = require("./_includes/feed.js");

exports.data = {
  pagination: { data: "collections.terms", size: 1, alias: "term" },
  permalink: (data) => `${data.term.path}rss.xml`,
  eleventyExcludeFromCollections: true,
};
exports.render = ({ term }) => feed(term.name, term.path, term.pages, false);
