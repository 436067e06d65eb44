/** Element types of tensors, as JavaScript holds their bytes. */

/**
 * Views on an element type's bytes; float16's bits travel as uint16, as not every browser has Float16Array.
 *
 * @type {Record<string, any>}
 */
export const VIEWS = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
};
