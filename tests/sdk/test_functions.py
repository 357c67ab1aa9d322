"""The functions of 1.x, which 2.x still has."""

import json

import dashscope
from conftest import fetch
from dashscope import Generation, ImageSynthesis, VideoSynthesis
from dashscope.audio.asr import Transcription
from dashscope.audio.tts import SpeechSynthesizer
from dashscope.utils.oss_utils import OssUtils

TALK = [{"role": "user", "content": "介绍一下杭州"}]


def test_image(simulator):
    answer = ImageSynthesis.call(model="wan2.2-t2i-flash", prompt="可爱猫咪", n=2, size="512*512", seed=7)
    assert answer.status_code == 200, answer
    assert answer.output.task_status == "SUCCEEDED"
    assert answer.usage.image_count == 2
    for result in answer.output.results:
        assert fetch(result.url).startswith(b"\x89PNG")
    assert simulator.creations()[0]["body"]["parameters"]["n"] == 2


def test_task_is_created_fetched_listed_and_cancelled(simulator):
    task = ImageSynthesis.async_call(model="wan2.2-t2i-flash", prompt="猫 [[sim:pending 9000]]", n=1)
    assert task.output.task_status == "PENDING"
    assert ImageSynthesis.fetch(task).output.task_status == "PENDING"
    assert ImageSynthesis.cancel(task).status_code == 200
    assert ImageSynthesis.fetch(task).output.task_status == "CANCELED"
    listed = ImageSynthesis.list()
    assert listed.status_code == 200, listed


def test_failed_task_and_refusal(simulator):
    failed = ImageSynthesis.call(model="wan2.2-t2i-flash", prompt="猫 [[sim:fail DataInspectionFailed]]", n=1)
    assert failed.output.task_status == "FAILED"
    assert failed.output.code == "DataInspectionFailed"
    refused = ImageSynthesis.async_call(model="no-such-model", prompt="猫", n=1)
    assert (refused.status_code, refused.code) == (400, "InvalidParameter")
    wrong = Generation.call(model="qwen-plus", messages=TALK, api_key="sk-wrong")
    assert (wrong.status_code, wrong.code) == (401, "InvalidApiKey")


def test_video(simulator):
    answer = VideoSynthesis.call(model="wanx2.1-t2v-turbo", prompt="海上日出", size="832*480")
    assert answer.status_code == 200, answer
    assert answer.output.task_status == "SUCCEEDED"
    assert answer.usage.video_duration == 5
    assert fetch(answer.output.video_url)[4:8] == b"ftyp"


def test_text_plain(simulator):
    bare = Generation.call(model="qwen-turbo", prompt="你好", seed=1)
    assert bare.status_code == 200, bare
    assert bare.output.text.startswith("##")
    message = Generation.call(model="qwen-plus", messages=TALK, result_format="message", max_tokens=20)
    choice = message.output.choices[0]
    assert choice.finish_reason == "length"
    assert message.usage.output_tokens == 20
    refused = Generation.call(model="qwen-plus", messages=TALK, temperature=2.0)
    assert (refused.status_code, refused.message) == (400, "Temperature should be in [0.0, 2.0)")


def stream(**more):
    frames = list(Generation.call(model="qwen-plus", messages=TALK, result_format="message", seed=3, stream=True, **more))
    assert all(frame.status_code == 200 for frame in frames), frames[-1]
    assert frames[-1].output.choices[0].finish_reason == "stop"
    return [frame.output.choices[0].message.content for frame in frames], frames[-1].usage


def test_text_streamed(simulator):
    whole = Generation.call(model="qwen-plus", messages=TALK, result_format="message", seed=3)
    expected = whole.output.choices[0].message.content
    cumulative, _ = stream()
    assert cumulative[-1] == expected
    pieces, usage = stream(incremental_output=True)
    assert "".join(pieces) == expected
    assert usage.output_tokens == whole.usage.output_tokens


def test_text_streamed_in_odd_packets(simulator):
    pieces, _ = stream(incremental_output=True)
    for fault in [{"split": True}, {"heartbeat": True}, {"no_blank_lines": True}]:
        simulator.control("faults", {"endpoint": "text.generate", "fault": {"stream": fault}})
        odd, _ = stream(incremental_output=True)
        assert odd == pieces


def test_text_error_within_a_stream(simulator):
    talk = [{"role": "user", "content": "杭州 [[sim:stream-error 2 DataInspectionFailed#2]]"}]
    frames = list(Generation.call(model="qwen-plus", messages=talk, result_format="message", stream=True))
    assert (frames[-1].status_code, frames[-1].code) == (400, "DataInspectionFailed")


def test_speech(simulator):
    for form, start in [("wav", b"RIFF"), ("mp3", b"\xff")]:
        spoken = SpeechSynthesizer.call(
            model="sambert-zhichu-v1", text="今天天气怎么样？", format=form, sample_rate=16000, word_timestamp_enabled=True
        )
        assert spoken.get_response().status_code == 200, spoken.get_response()
        assert spoken.get_audio_data().startswith(start)
        words = [word["text"] for sentence in spoken.get_timestamps() for word in sentence["words"]]
        assert "".join(words) == "今天天气怎么样"


def test_speech_refused(simulator):
    spoken = SpeechSynthesizer.call(model="sambert-en-v1", text="Hello", format="wav")
    assert spoken.get_response().code == "ModelNotFound"
    wrong = SpeechSynthesizer.call(model="sambert-zhichu-v1", text="你好", format="wav", api_key="sk-wrong")
    assert wrong.get_response().status_code == 401


def test_transcription_of_an_upload(simulator, recording):
    uploaded = OssUtils.upload(model="paraformer-v2", file_path=str(recording), api_key=dashscope.api_key)
    url = uploaded[0] if isinstance(uploaded, tuple) else uploaded
    assert url.startswith("oss://")
    task = Transcription.async_call(
        model="paraformer-v2", file_urls=[url], language_hints=["en"], headers={"X-DashScope-OssResourceResolve": "enable"}
    )
    done = Transcription.wait(task)
    assert done.output.task_status == "SUCCEEDED", done
    assert done.usage["duration"] == 3
    document = json.loads(fetch(done.output.results[0]["transcription_url"]))
    assert document["properties"]["original_duration_in_milliseconds"] == 3000
    assert document["transcripts"][0]["text"].isascii()


def test_transcription_that_fails(simulator):
    done = Transcription.call(model="paraformer-v1", file_urls=["https://example.com/gone.mp3"])
    assert done.output.task_status == "FAILED", done
    assert done.output.results[0]["code"] == "InvalidFile.DownloadFailed"
