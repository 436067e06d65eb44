"""Asks a language model which of two labels fits a text, over the protocol that OpenAI's interface has made common.

It is held to the labels by their probabilities as its next word: no sentence is written that would have to be read. A
server that tells no probabilities is taken at the word it writes. llama.cpp, which `adapters.llama` starts for a GGUF
file, speaks the same protocol as a server elsewhere. To an exhibit it is a session that takes a text.
"""

from __future__ import annotations

import json
import math
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from ..app import handle
from ..errors import HundredfoldError, SessionError, brief
from ..manifest import Accuracy, Manifest, Variant
from ..measure import Clock
from ..result import LANGUAGE_MODEL
from ..session import Session, TensorInfo

FILE = "language-model.json"
"""In an exhibit's folder of models: how it is asked, and what was measured of one."""
CHOICES = 20
"""Of the next word: the most that OpenAI's interface tells."""
WORDS = 5
"""Tokens that it may write where it tells no probabilities: a label may be of several."""
MOST_BYTES = 1_000_000
"""Of an answer that is read at all."""
LEAST = 1e-6
"""The probability of a label that is not among the choices told: no more than this is known of it."""


class LlmError(HundredfoldError):
    """The language model gave no answer that can be used; the message says why, and what to do."""

    def __init__(self, detail: str, code: str) -> None:
        super().__init__(detail)
        self.code = code
        """ "lost", "late", "refused" or "nonsense"."""


@dataclass(frozen=True)
class Prompt:
    """How it is asked, and how what it says is read."""

    id: str
    system: str
    question: str
    """With {text} where the text stands."""
    words: tuple[str, str]
    """What it is to answer for each of the exhibit's two labels, in their order."""
    letters: int
    """So many of a text are given to it."""
    shots: tuple[tuple[str, int], ...] = ()
    """Examples, with the place of their label: texts of the training part."""
    bias: float = 0.0
    """Added to the log-odds of the second label: calibration, chosen on validation texts."""

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Prompt:
        """The inverse of ``as_dict``; raises TypeError or ValueError for anything else."""
        words, shots = tuple(map(str, data["words"])), tuple((str(text), int(at)) for text, at in data["shots"])
        if len(words) != 2 or "{text}" not in data["question"] or any(at not in (0, 1) for _, at in shots):
            raise ValueError("a prompt has two words, {text} in its question, and shots of label 0 or 1")
        id, system, question = (str(data[name]) for name in ("id", "system", "question"))
        return cls(id, system, question, (words[0], words[1]), int(data["letters"]), shots, float(data["bias"]))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def messages(self, text: str) -> list[dict[str, str]]:
        """What is sent; what is the same for all texts stands first, so that a server can keep it."""
        said = [{"role": "system", "content": self.system}] if self.system else []
        for example, at in self.shots:
            said.append({"role": "user", "content": self._asked(example)})
            said.append({"role": "assistant", "content": self.words[at]})
        return [*said, {"role": "user", "content": self._asked(text)}]

    def _asked(self, text: str) -> str:
        return self.question.replace("{text}", text[: self.letters].strip())


@dataclass(frozen=True)
class Reply:
    """What it answered about one text."""

    odds: float
    """Log-odds of the second label, the prompt's bias in them."""
    sure: bool
    """Whether they come from probabilities; else from the word it wrote alone."""
    tokens_in: int
    tokens_out: int
    cached: int
    """Of ``tokens_in``, those whose state was kept from before."""


class Chat:
    """One server and one of its models."""

    def __init__(self, address: str, model: str = "", key: str = "", wait_s: float = 60.0) -> None:
        """``address`` is what comes before /chat/completions, as in http://127.0.0.1:8080/v1."""
        self.address, self.model, self.key, self.wait_s = address.rstrip("/"), model, key, wait_s
        self._tells = True
        """Whether it told probabilities so far: then one token is all that it has to write."""

    def ask(self, prompt: Prompt, text: str) -> Reply:
        """Raises LlmError."""
        try:
            reply = read(self._complete(prompt, text), prompt)
        except LlmError as error:
            if error.code != "nonsense" or not self._tells:
                raise
            self._tells = False  # the one token may have been blank, or the beginning of a longer word
            reply = read(self._complete(prompt, text), prompt)
        self._tells = self._tells and reply.sure
        return reply

    def _complete(self, prompt: Prompt, text: str) -> Any:
        body: dict[str, Any] = {
            "messages": prompt.messages(text),
            "max_tokens": 1 if self._tells else WORDS,
            "temperature": 0,
            "logprobs": True,
            "top_logprobs": CHOICES,
        }
        if self.model:
            body["model"] = self.model
        return self._post("/chat/completions", body)

    def described(self) -> dict[str, Any]:
        """``{id}`` of the first model that the server offers, and what llama.cpp tells of it. Raises LlmError."""
        told = self._send(urllib.request.Request(f"{self.address}/models", headers=self._headers()))
        items = told.get("data") if isinstance(told, Mapping) else None
        first = items[0] if isinstance(items, list) and items else None
        if not isinstance(first, Mapping) or "id" not in first:
            raise LlmError(f"it offers no model: {brief(told)}", "nonsense")
        return {"id": str(first["id"]), **(first.get("meta") or {})}

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        data = json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **self._headers()}
        return self._send(urllib.request.Request(f"{self.address}{path}", data, headers))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def _send(self, request: urllib.request.Request) -> Any:
        try:
            with urllib.request.urlopen(request, timeout=self.wait_s) as answer:
                content = answer.read(MOST_BYTES + 1)
        except urllib.error.HTTPError as error:
            said = brief(error.read(500).decode("utf-8", "replace"))
            raise LlmError(f"it refused: status {error.code}, {said}", "refused") from None
        except TimeoutError:
            raise LlmError(f"it did not answer within {self.wait_s:g} s", "late") from None
        except (OSError, ValueError) as error:  # also what is no HTTP
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise LlmError(f"it did not answer within {self.wait_s:g} s", "late") from None
            raise LlmError(f"it can not be reached ({brief(str(error))})", "lost") from None
        if len(content) > MOST_BYTES:
            raise LlmError("it answered more than a million bytes", "nonsense")
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            quoted = brief(content[:200].decode("utf-8", "replace"))
            raise LlmError(f"it answered what is no JSON: {quoted}", "nonsense") from None


def read(told: Any, prompt: Prompt) -> Reply:
    """What a server's answer says of the two labels; raises LlmError where it says nothing of either."""
    try:
        choice = told["choices"][0]
        usage = told.get("usage") or {}
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
        taken = (usage.get("prompt_tokens"), usage.get("completion_tokens"), cached)
        counts = [max(0, int(each or 0)) for each in taken]
        said = str(choice["message"]["content"] or "")
        found = _first_word(choice)
        shares = weights([(str(each["token"]), math.exp(float(each["logprob"]))) for each in found], prompt.words)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
        raise LlmError(f"it answered something else than a chat completion: {brief(told)}", "nonsense") from None
    if any(shares):
        zero, one = (max(share, LEAST) for share in shares)
        return Reply(math.log(one / zero) + prompt.bias, True, *counts)
    written = [said.strip().lower().startswith(word.lower()) for word in prompt.words]
    if not any(written):
        named = " or ".join(prompt.words)
        raise LlmError(f"asked for {named} it wrote {brief(said)}", "nonsense")
    sure = math.log(1 / LEAST)
    return Reply((sure if written[1] else -sure) + prompt.bias, False, *counts)


def _first_word(choice: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The choices for the first token that is not blank; none where no probabilities are told."""
    for place in (choice.get("logprobs") or {}).get("content") or []:
        if str(place["token"]).strip():
            found: Sequence[Mapping[str, Any]] = place.get("top_logprobs") or [place]
            return found
    return []


def weights(choices: Sequence[tuple[str, float]], words: tuple[str, str]) -> tuple[float, float]:
    """The probability of each word, from those of tokens which begin one of them, and not both."""
    found = [0.0, 0.0]
    for token, share in choices:
        start = token.strip().lower()
        begun = [bool(start) and (word.lower().startswith(start) or start == word.lower()) for word in words]
        if any(begun) and not all(begun):
            found[begun.index(True)] += share
    return found[0], found[1]


class LlmSession:
    """A language model with its prompt for one exhibit: a text in, the labels' logits out."""

    load_ms = 0.0
    inputs = (TensorInfo("text", (1,), "str"),)
    outputs = (TensorInfo("logits", (2,), "float64"), TensorInfo("read", (1,), "int64"))

    def __init__(self, model_id: str, chat: Chat, prompt: Prompt, runtime: Mapping[str, Any]) -> None:
        self.model_id, self._chat, self._prompt, self.runtime = model_id, chat, prompt, runtime
        self.reply: Reply | None = None
        """To the text that it was asked about last."""
        self.error: LlmError | None = None
        """Why it gave none."""

    async def run(self, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        text = str(feeds["text"][0])
        try:
            self.reply = self._chat.ask(self._prompt, text)
        except LlmError as error:
            self.error = error
            raise SessionError(self.model_id, str(error)) from error
        told = {
            "logits": np.array([0.0, self.reply.odds]),
            "read": np.array([min(len(text), self._prompt.letters)]),
        }
        return [told[name] for name in names or told]

    def close(self) -> None:
        """The process that runs it serves other exhibits, too."""


async def answered(
    exhibit: str, given: Any, session: LlmSession, manifest: Manifest, cpu_clock: Clock | None
) -> dict[str, Any]:
    """One answer as `app.handle` gives it, with the tokens that it took in its output."""
    unknown = Accuracy(0, 0, 0, 1)
    variant = Variant(exhibit, LANGUAGE_MODEL, "rung", None, "", "", 1, "", 1, 1, 1, ("there",), unknown, "")
    ladder = manifest.ladder(exhibit)
    beside = Manifest({exhibit: replace(ladder, variants=(variant, *ladder.variants))})

    async def open_session(_: Variant) -> Session:
        return session

    request = {"do": "run", "exhibit": exhibit, "variant": LANGUAGE_MODEL, "where": "there", "input": given}
    answer = await handle(request, open_session, beside, cpu_clock=cpu_clock)
    if (reply := session.reply) and "output" in answer:
        answer["output"]["tokens"] = {"read": reply.tokens_in, "written": reply.tokens_out, "kept": reply.cached}
    return answer
