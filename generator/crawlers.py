"""The crawlers that a site may turn away in robots.txt: those that gather texts to train models, or to answer with.

Their names are the product tokens that their owners document, and that ai.robots.txt, a list kept by many, has too.
Who fetches one page because a reader asked for it (ChatGPT-User, Claude-User, Perplexity-User) is no crawler.
"""

AI_CRAWLERS: dict[str, str] = {
    "Amazonbot": "Amazon: answers of Alexa, training",
    "Amzn-SearchBot": "Amazon: search of its assistants",
    "anthropic-ai": "Anthropic: training, a former name",
    "Applebot-Extended": "Apple: says whether what Applebot reads may train models",
    "Bytespider": "ByteDance: training",
    "CCBot": "Common Crawl: an archive that most models are trained on",
    "Claude-SearchBot": "Anthropic: search of Claude",
    "ClaudeBot": "Anthropic: training",
    "cohere-ai": "Cohere: answers",
    "cohere-training-data-crawler": "Cohere: training",
    "DeepSeekBot": "DeepSeek: training",
    "Diffbot": "Diffbot: a knowledge graph that it sells",
    "DuckAssistBot": "DuckDuckGo: answers",
    "ExaBot": "Exa: search for models",
    "FacebookBot": "Meta: training for speech",
    "Google-CloudVertexBot": "Google: models that its customers build",
    "Google-Extended": "Google: says whether what Googlebot reads may train Gemini and ground its answers",
    "GPTBot": "OpenAI: training",
    "ICC-Crawler": "NICT: training, and data for others",
    "ImagesiftBot": "ImageSift: an index of pictures",
    "meta-externalagent": "Meta: training",
    "meta-webindexer": "Meta: search of Meta AI",
    "OAI-SearchBot": "OpenAI: search of ChatGPT",
    "omgili": "Webz.io: data that it sells, also for training",
    "omgilibot": "Webz.io: the same, a former name",
    "PanguBot": "Huawei: training",
    "PerplexityBot": "Perplexity: answers",
    "PetalBot": "Huawei: search and its assistant",
    "TikTokSpider": "ByteDance: training",
    "Timpibot": "Timpi: an index that it sells, also for training",
    "Webzio-Extended": "Webz.io: says whether its data may train models",
    "YouBot": "You.com: answers",
}
"""The name of each, and whose it is and what for."""
