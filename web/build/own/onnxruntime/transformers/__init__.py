"""In place of onnxruntime.transformers, of which one module is used."""
