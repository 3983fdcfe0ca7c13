const { counts } = require("./_includes/listing.js");

exports.data = { permalink: "/topics/", eleventyExcludeFromCollections: true };
exports.render = ({ collections }) => counts("Topics", "/topics/", collections.topics);
