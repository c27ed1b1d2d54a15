package dev.flotilla.scan.checks;

import dev.flotilla.scan.read.StandardLibrary;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which distribution an import comes from, where the two are called differently. */
public final class Distributions {
  private static final String TABLE =
      "zmq=pyzmq cv2=opencv-python yaml=pyyaml PIL=pillow sklearn=scikit-learn bs4=beautifulsoup4"
          + " dotenv=python-dotenv serial=pyserial jose=python-jose jwt=pyjwt nats=nats-py"
          + " grpc=grpcio psycopg2=psycopg2-binary speech_recognition=speechrecognition"
          + " whisper=openai-whisper TTS=tts dateutil=python-dateutil websocket=websocket-client"
          + " Crypto=pycryptodome attr=attrs pkg_resources=setuptools win32gui=pywin32"
          + " win32api=pywin32 win32con=pywin32 win32com=pywin32 discord=discord-py"
          + " skimage=scikit-image usb=pyusb OpenSSL=pyopenssl fitz=pymupdf docx=python-docx"
          + " umap=umap-learn faiss=faiss-cpu llama_cpp=llama-cpp-python"
          + " Levenshtein=python-levenshtein pynvml=nvidia-ml-py grpc_tools=grpcio-tools"
          + " google.protobuf=protobuf telegram=python-telegram-bot magic=python-magic"
          + " git=gitpython webrtcvad=webrtcvad pyaudio=pyaudio nacl=pynacl socks=pysocks"
          + " Xlib=python-xlib ruamel=ruamel-yaml vosk=vosk OpenGL=pyopengl MySQLdb=mysqlclient"
          + " pythoncom=pywin32 grpc_health=grpcio-health-checking"
          + " grpc_reflection=grpcio-reflection opentelemetry=opentelemetry-api azure=azure-core"
          + " lxml_html_clean=lxml-html-clean pythonjsonlogger=python-json-logger";

  /** Modules that are called like their distribution and are too well known to be mistaken. */
  private static final String SAME =
      "numpy pandas scipy torch torchaudio torchvision transformers requests aiohttp httpx flask"
          + " fastapi uvicorn pydantic psutil redis tqdm click rich pytest matplotlib seaborn"
          + " plotly nltk spacy gensim sentence_transformers tensorflow keras onnx onnxruntime"
          + " sounddevice soundfile librosa pyaudio webrtcvad vosk pyttsx3 langdetect langid"
          + " aiofiles websockets sqlalchemy alembic asyncpg pymongo msgpack orjson ujson jinja2"
          + " werkzeug starlette streamlit gradio tiktoken openai anthropic cohere networkx sympy"
          + " numba joblib cryptography bcrypt passlib paramiko docker kubernetes boto3 celery pika"
          + " prometheus_client structlog loguru watchdog schedule apscheduler chromadb"
          + " sentencepiece tokenizers accelerate bitsandbytes peft datasets huggingface_hub"
          + " safetensors diffusers einops pyautogui pynput mediapipe insightface ultralytics"
          + " python_multipart tenacity typer colorama tabulate GPUtil regex lxml httplib2 mypy"
          + " pygame pydub edge_tts gtts argostranslate sacremoses ctranslate2 faster_whisper annoy"
          + " hnswlib lancedb qdrant_client pinecone textblob fuzzywuzzy rapidfuzz simpleaudio"
          + " noisereduce resampy pexpect setuptools wheel packaging toml tomli";

  private final Map<String, String> known = new HashMap<>();

  /** The usual names. */
  public Distributions() {
    for (String pair : TABLE.split(" ", -1)) {
      int equals = pair.indexOf('=');
      known.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  /** The normalised name of the distribution that a top-level module belongs to. */
  public String of(String module) {
    String name = known.get(module);
    return name != null ? name : module.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /** Whether {@link #of} knows the distribution of a top-level module and does not guess. */
  public static boolean known(String module) {
    return (" " + TABLE).contains(" " + module + "=")
        || (" " + SAME + " ").contains(" " + module + " ");
  }

  /** The distributions that also provide it, such as headless variants. */
  static boolean provides(String distribution, String wanted) {
    return distribution.equals(wanted)
        || (wanted.equals("opencv-python") && distribution.startsWith("opencv-"))
        || (wanted.equals("psycopg2-binary") && distribution.startsWith("psycopg2"))
        || (wanted.equals("faiss-cpu") && distribution.startsWith("faiss"))
        || (wanted.equals("nvidia-ml-py") && distribution.equals("pynvml"))
        || (wanted.equals("python-levenshtein") && distribution.equals("levenshtein"))
        || (wanted.equals("openai-whisper") && distribution.equals("whisper"))
        || (wanted.equals("opentelemetry-api") && distribution.startsWith("opentelemetry"))
        || (wanted.equals("google") && distribution.startsWith("google-"))
        || (wanted.equals("azure-core") && distribution.startsWith("azure-"));
  }

  /** Whether an import is of the standard library. */
  public static boolean standard(String module) {
    return StandardLibrary.contains(module) || module.startsWith("_");
  }
}
