/*
 * CUDA's dialect on one thread of the host, to run generated kernels on small grids. The threads of a block are fibres
 * (glibc's contexts) that run one after another from barrier to barrier, blocks follow one another. Both can go backwards:
 * a result that depends on the order shows a race. Threads that do not meet at the same barriers are a fault.
 */
#define __CUDACC__ 1
#define __global__
#define __device__
#define __forceinline__ inline __attribute__((always_inline, unused))
#define __shared__ static

extern "C" {
struct Context {
    unsigned long flags;
    Context *link;
    void *stack;
    int state;
    unsigned long bytes;
    char registers[4096];
};
int getcontext(Context *);
void makecontext(Context *, void (*)(), int, ...);
int swapcontext(Context *, const Context *);

struct Dim { unsigned x, y, z; };
/* Not static, since other fibres change them. */
__attribute__((visibility("hidden"))) Dim threadIdx, blockIdx, blockDim, gridDim;
}

struct alignas(8) float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(16) double2 { double x, y; };
static inline float2 make_float2(float x, float y) { return {x, y}; }
static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
static inline double2 make_double2(double x, double y) { return {x, y}; }

#define MATH(name) \
    static inline double name(double x) { return __builtin_##name(x); } \
    static inline float name##f(float x) { return __builtin_##name##f(x); }
MATH(rint) MATH(floor) MATH(fabs) MATH(sqrt)
static inline double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
static inline float fmaf(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline double copysign(double x, double y) { return __builtin_copysign(x, y); }
static inline float copysignf(float x, float y) { return __builtin_copysignf(x, y); }

namespace host {
enum State { RUNNING, DONE, BARRIER, SHUFFLE };
constexpr int MOST_THREADS = 64;
Context home, fibres[MOST_THREADS];
State states[MOST_THREADS];
alignas(64) char stacks[MOST_THREADS][1 << 16];
void (*entry)(void *);
void *argument;
bool backwards, fault;

void pause(State state) {
    unsigned self = threadIdx.x;
    states[self] = state;
    swapcontext(&fibres[self], &home);
}

void begin() {
    entry(argument);
    pause(DONE);
}

void block(unsigned threads) {
    for (unsigned t = 0; t < threads; ++t) {
        getcontext(&fibres[t]);
        fibres[t].stack = stacks[t];
        fibres[t].bytes = sizeof stacks[t];
        fibres[t].link = &home;
        makecontext(&fibres[t], begin, 0);
    }
    do {
        for (unsigned i = 0; i < threads; ++i) {
            threadIdx = {backwards ? threads - 1 - i : i, 0, 0};
            swapcontext(&home, &fibres[threadIdx.x]);
        }
        for (unsigned t = 1; t < threads; ++t) fault |= states[t] != states[0];
    } while (!fault && states[0] != DONE);
}

/* An address that any pointer takes. */
struct Any {
    char *address;
    template <class T> operator T *() const { return (T *)address; }
};

template <class Kernel> void launch(unsigned blocks, unsigned threads, Kernel kernel) {
    entry = [](void *it) { (*(Kernel *)it)(); };
    argument = &kernel;
    gridDim = {blocks, 1, 1};
    blockDim = {threads, 1, 1};
    for (unsigned i = 0; i < blocks && !fault; ++i) {
        blockIdx = {backwards ? blocks - 1 - i : i, 0, 0};
        block(threads);
    }
}
}

static inline void __syncthreads() { host::pause(host::BARRIER); }
template <class T> static T __shfl_down_sync(unsigned, T own, unsigned distance) {
    static T values[host::MOST_THREADS];
    unsigned self = threadIdx.x;
    values[self] = own;
    host::pause(host::SHUFFLE);
    T other = self % 32 + distance < 32 ? values[self + distance] : own;
    host::pause(host::SHUFFLE);
    return other;
}
