def detect(text: str, given: str = "") -> str:
    return given
