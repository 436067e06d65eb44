"""Which operators the browser's engine runs: onnxruntime-web 1.30.0's ``wasm`` build, on the CPU.

The lists were found by asking it: for every operator that native onnxruntime 1.32 has a schema of, in each of its
versions up to opset 26 (ai.onnx.ml up to 5), a model of that operator alone, in each dtype that a native kernel has,
was given to the build. An operator counts as lacking where no dtype got past "Could not find an implementation", or
where the build has no schema of it. Not covered: kernels that lack single dtypes, and the operators that no such model
could be made of (NOT_TRIED), which count as not known, as any of other domains do.
"""

from __future__ import annotations

from collections.abc import Iterable

STANDARD = ("", "ai.onnx.ml")
MICROSOFT = "com.microsoft"
BEGUN_TOO_EARLY = {
    6: ("Add", "BatchNormalization", "Div", "Dropout", "Gemm", "Mul", "PRelu", "Sub"),
    3: ("GRU",),
    1: (
        *("Abs", "And", "AveragePool", "Ceil", "Clip", "Concat", "Elu", "Equal", "Exp", "Floor", "GlobalLpPool"),
        *("Greater", "HardSigmoid", "InstanceNormalization", "LSTM", "LeakyRelu", "Less", "Log", "LpPool", "Max"),
        *("Mean", "Min", "Neg", "Or", "Pad", "Pow", "RNN", "Reciprocal", "Relu", "Selu", "Sigmoid", "Split", "Sqrt"),
        *("Sum", "Tanh", "Tile", "Upsample", "Xor"),
    ),
}
"""Operators that are lacking in the versions that began with this opset or an earlier one."""
LACKING_SINCE = {
    22: (
        *("Bernoulli", "GlobalLpPool", "MaxRoiPool", "Multinomial", "RandomNormal", "RandomNormalLike"),
        *("RandomUniform", "RandomUniformLike", "RoiAlign"),
    ),
    20: ("ImageDecoder",),
}
"""Operators that are lacking in the versions that began with this opset or a later one."""
NOT_TRIED = {("ai.onnx.ml", "TreeEnsemble")}
OF_MICROSOFT = {
    *("Attention", "AttnLSTM", "BiasGelu", "BifurcationDetector", "CDist", "CausalConvWithState"),
    *("ConvTransposeWithDynamicPads", "CropAndResize", "DecoderMaskedMultiHeadAttention", "DequantizeLinear"),
    *("DynamicQuantizeLSTM", "DynamicQuantizeMatMul", "DynamicTimeWarping", "EngramGate", "ExpandDims", "FastGelu"),
    *("FusedConv", "FusedGemm", "FusedMatMul", "GatedAdd", "GatedRMSNorm", "GatherBlockQuantized", "GatherND", "Gelu"),
    *("GridSample", "GroupQueryAttention", "Inverse", "LinearAttention", "LinearAttentionGate", "MRotaryEmbedding"),
    *("MatMulBnb4", "MatMulFpQ4", "MatMulInteger16", "MatMulIntegerToFloat", "MatMulNBits", "MaxpoolWithMask", "MoE"),
    *("MultiHeadAttention", "MurmurHash3", "NGramRepeatBlock", "NhwcMaxPool", "Pad", "QAttention"),
    *("QEmbedLayerNormalization", "QGemm", "QLinearAdd", "QLinearAveragePool", "QLinearConcat", "QLinearConv"),
    *("QLinearGlobalAveragePool", "QLinearLeakyRelu", "QLinearMul", "QLinearSigmoid", "QLinearSoftmax"),
    *("QLinearWhere", "QMoE", "QuantizeLinear", "QuickGelu", "Range", "RotaryEmbedding", "SampleOp"),
    *("SkipLayerNormalization", "SkipSimplifiedLayerNormalization", "SparseAttention", "Tokenizer"),
    *("TransposeMatMul", "Trilu", "UnfoldTensor", "Unique", "WordConvEmbedding"),
}
"""Those of onnxruntime's own operators that the build runs."""
NOT_OF_MICROSOFT = {
    *("BiasAdd", "BiasDropout", "BiasSoftmax", "BiasSplitGelu", "BitmaskBiasDropout", "BitmaskDropout"),
    *("ComplexMul", "ComplexMulConj", "DecoderAttention", "DecoderMaskedSelfAttention", "DequantizeBFP"),
    *("DequantizeWithOrder", "DynamicSparseAttention", "FusedMatMulActivation", "GatedRelativePositionBias"),
    *("GemmFastGelu", "GemmFloat8", "GroupNorm", "Irfft", "IsAllFinite", "LongformerAttention", "MatMulNBitsQkv"),
    *("NhwcConv", "NhwcFusedConv", "PackedAttention", "PackedMultiHeadAttention", "QLinearReduceMean"),
    *("QOrderedAttention", "QOrderedGelu", "QOrderedLayerNormalization", "QOrderedMatMul", "QuantizeBFP"),
    *("QuantizeWithOrder", "ReduceSumInteger", "RelativePositionBias", "RemovePadding", "RestorePadding", "Rfft"),
    *("SkipGroupNorm", "Snpe", "TorchEmbedding", "VarlenCausalConvWithState"),
}
"""Those that it does not run; some more came after it, and count as not known."""


def missing(operators: Iterable[tuple[str, str, int]]) -> tuple[list[str], list[str]]:
    """(operators that the browser's engine lacks, operators of which that is not known), each once, by full name.

    ``operators`` are (domain, operator, opset version of the domain).
    """
    lacking: dict[str, None] = {}
    strange: dict[str, None] = {}
    for domain, op, version in operators:
        runs = _runs(domain, op, version)
        name = f"{domain}::{op}" if domain else op
        if runs is False:
            lacking[name] = None
        elif runs is None:
            strange[name] = None
    return list(lacking), list(strange)


def _runs(domain: str, op: str, version: int) -> bool | None:
    """Whether the build runs the operator; None where that is not known."""
    if domain == MICROSOFT:
        return True if op in OF_MICROSOFT else False if op in NOT_OF_MICROSOFT else None
    since = _since(domain, op, version) if domain in STANDARD else None
    if since is None or (domain, op) in NOT_TRIED:
        return None
    if domain:
        return True
    early = any(since <= last and op in names for last, names in BEGUN_TOO_EARLY.items())
    late = any(since >= first and op in names for first, names in LACKING_SINCE.items())
    return not early and not late


def _since(domain: str, op: str, version: int) -> int | None:
    """The opset with which the operator's version began; None if onnx does not know it."""
    from onnx import defs

    try:
        return int(defs.get_schema(op, version, domain).since_version)
    except Exception:  # onnx has an error class of its own in C++
        return None
