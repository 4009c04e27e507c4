/* The few names of CUDA that generated kernels use, for a clang without CUDA's headers. */
#define __CUDACC__ 1
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __forceinline__ inline __attribute__((always_inline, unused))

struct Thread { __device__ operator unsigned() const { return __nvvm_read_ptx_sreg_tid_x(); } };
struct Block { __device__ operator unsigned() const { return __nvvm_read_ptx_sreg_ctaid_x(); } };
struct Threads { __device__ operator unsigned() const { return __nvvm_read_ptx_sreg_ntid_x(); } };
struct Blocks { __device__ operator unsigned() const { return __nvvm_read_ptx_sreg_nctaid_x(); } };
template <class Register> struct Dim { Register x; };
static __device__ const Dim<Thread> threadIdx = {};
static __device__ const Dim<Block> blockIdx = {};
static __device__ const Dim<Threads> blockDim = {};
static __device__ const Dim<Blocks> gridDim = {};

struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(16) double2 { double x, y; };
#define FN static __device__ __forceinline__
FN float2 make_float2(float x, float y) { return {x, y}; }
FN float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
FN double2 make_double2(double x, double y) { return {x, y}; }

#define MATH(name) \
    FN double name(double x) { return __builtin_##name(x); } \
    FN float name##f(float x) { return __builtin_##name##f(x); }
MATH(rint) MATH(floor) MATH(fabs) MATH(sqrt)
FN double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
FN float fmaf(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
FN double copysign(double x, double y) { return __builtin_copysign(x, y); }
FN float copysignf(float x, float y) { return __builtin_copysignf(x, y); }

FN unsigned __shfl_down_sync(unsigned mask, unsigned own, unsigned distance) {
    return __nvvm_shfl_sync_down_i32(mask, own, distance, 31);
}
FN int __shfl_down_sync(unsigned mask, int own, unsigned distance) {
    return __nvvm_shfl_sync_down_i32(mask, own, distance, 31);
}
FN float __shfl_down_sync(unsigned mask, float own, unsigned distance) {
    return __nvvm_shfl_sync_down_f32(mask, own, distance, 31);
}
FN long __shfl_down_sync(unsigned mask, long own, unsigned distance) {
    unsigned low = __shfl_down_sync(mask, (unsigned)own, distance);
    unsigned high = __shfl_down_sync(mask, (unsigned)(own >> 32), distance);
    return (long)((unsigned long)high << 32 | low);
}
FN double __shfl_down_sync(unsigned mask, double own, unsigned distance) {
    union { double number; long bits; } cast = {own};
    cast.bits = __shfl_down_sync(mask, cast.bits, distance);
    return cast.number;
}
