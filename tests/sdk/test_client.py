"""The Client of 2.x."""

import pytest
from conftest import fetch

errors = pytest.importorskip("dashscope.v2.errors", reason="dashscope 1.x has no Client")

TALK = [{"role": "user", "content": "介绍一下杭州"}]


def test_image(client, simulator):
    job = client.images.generate(model="wan2.2-t2i-flash", prompt="可爱猫咪", n=2, size="512x512", seed=7)
    assert job.status == "SUCCEEDED", job
    assert len(job.image_urls) == 2
    assert fetch(job.image_urls[0]).startswith(b"\x89PNG")
    assert simulator.creations()[0]["body"]["parameters"]["size"] == "512*512"


def test_video(client):
    job = client.videos.generate(model="wanx2.1-t2v-turbo", prompt="海上日出", size="832*480")
    assert job.status == "SUCCEEDED", job
    assert fetch(job.output["video_url"])[4:8] == b"ftyp"


def test_text(client):
    whole = client.chat.completions.create(model="qwen-plus", messages=TALK, seed=3)
    text = whole.choices[0].message.content
    assert text.startswith("##")
    with pytest.raises(errors.DashScopeError) as refused:
        client.chat.completions.create(model="qwen-plus", messages=TALK, temperature=2.0)
    assert "Temperature should be in [0.0, 2.0)" in str(refused.value)
    streamed = client.chat.completions.create(model="qwen-plus", messages=TALK, seed=3, stream=True)
    assert "".join(streamed.text_stream) == text


def test_text_error_within_a_stream(client):
    talk = [{"role": "user", "content": "杭州 [[sim:stream-error 2 DataInspectionFailed#2]]"}]
    with pytest.raises(errors.DashScopeError):
        list(client.chat.completions.create(model="qwen-plus", messages=talk, stream=True))


def test_speech(client):
    spoken = client.audio.tts.synthesize("欢迎来到小书店。", model="cosyvoice-v3-flash", voice="longanyang", format="wav")
    assert spoken.startswith(b"RIFF") and len(spoken) > 10_000


def test_transcription(client):
    job = client.audio.asr.transcribe(["https://example.com/meeting.mp3"], model="paraformer-v2")
    assert job.status == "SUCCEEDED", job
    assert fetch(job.output["results"][0]["transcription_url"]).startswith(b"{")


def test_image_by_messages(client):
    job = client.images.generate(model="wan2.6-t2i", prompt="一只穿宇航服的橘猫", n=2, size="1280*1280")
    assert job.status == "SUCCEEDED", job
    assert len(job.image_urls) == 2
    assert fetch(job.image_urls[1]).startswith(b"\x89PNG")


def test_newer_video(client, simulator):
    job = client.videos.generate(model="wan2.7-t2v", prompt="海上日出", resolution="720P", ratio="3:4", duration=10)
    assert job.status == "SUCCEEDED", job
    assert fetch(job.output["video_url"])[4:8] == b"ftyp"


@pytest.mark.parametrize("model", ["cosyvoice-v3-flash", "qwen3-tts-flash"])
def test_speech_over_http(client, model):
    spoken = client.audio.tts.http.synthesize("欢迎来到小书店。", model=model, voice="Cherry")
    assert len(fetch(spoken.audio_url)) > 1_000
    chunks = list(client.audio.tts.http.stream("欢迎来到小书店。", model=model, voice="Cherry"))
    assert chunks[-1].is_final and chunks[-1].audio_url


def test_compatible_text(simulator):
    import dashscope

    base = f"{simulator.origin}/compatible-mode/v1"
    client = dashscope.Client(api_key="sk-simulator", base_url=base, protocol="openai")
    whole = client.chat.completions.create(model="qwen-plus", messages=TALK, seed=3)
    streamed = client.chat.completions.create(model="qwen-plus", messages=TALK, seed=3, stream=True)
    assert "".join(streamed.text_stream) == whole.choices[0].message.content
    with pytest.raises(errors.DashScopeError) as refused:
        client.chat.completions.create(model="no-such-model", messages=TALK)
    assert "does not exist" in str(refused.value)
