const { feed } = require("./_includes/feed.js");
const { label } = require("./_includes/words.js");

exports.data = {
  pagination: { data: "collections.topics", size: 1, alias: "term" },
  permalink: (data) => `${data.term.path}rss.xml`,
  eleventyExcludeFromCollections: true,
};
exports.render = ({ term }) => feed(label(term.name), term.path, term.pages, true);
