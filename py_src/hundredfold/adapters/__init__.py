"""The two thin adapters that open sessions: native onnxruntime, and onnxruntime-web through a JavaScript bridge."""
