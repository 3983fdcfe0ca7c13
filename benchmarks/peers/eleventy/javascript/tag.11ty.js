const { term } = require("./_includes/listing.js");

exports.data = {
  pagination: { data: "collections.terms", size: 1, alias: "term" },
  permalink: (data) => data.term.path,
  eleventyExcludeFromCollections: true,
};
exports.render = (data) => term("Tag", "tags", data.term, "");
