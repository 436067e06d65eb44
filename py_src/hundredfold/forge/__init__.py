"""Make the models: train, distil, quantise, export. Never shipped to the browser.

The heavy dependencies (torch, onnx) sit behind the extra ``forge``; ``hundredfold.cli`` turns their absence into the
command that installs them.
"""
