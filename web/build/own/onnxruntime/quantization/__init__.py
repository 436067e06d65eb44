"""In place of what onnxruntime.quantization imports of its own: the modules that are asked for are enough."""
