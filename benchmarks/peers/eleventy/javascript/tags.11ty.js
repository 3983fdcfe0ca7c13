const { counts } = require("./_includes/listing.js");

exports.data = { permalink: "/tags/", eleventyExcludeFromCollections: true };
exports.render = ({ collections }) => counts("Tags", "/tags/", collections.terms);
