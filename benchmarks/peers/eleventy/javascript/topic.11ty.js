const { term } = require("./_includes/listing.js");

exports.data = {
  pagination: { data: "collections.topics", size: 1, alias: "term" },
  permalink: (data) => data.term.path,
  eleventyExcludeFromCollections: true,
};
exports.render = (data) => term("Topic", "topics", data.term, data.term.slug);
