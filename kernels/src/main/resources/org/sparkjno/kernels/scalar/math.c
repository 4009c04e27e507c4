/*
 * Elementary functions as straight lines of arithmetic and selections, so that a loop over them vectorises. Names end in
 * f for float. A line "//: name <- names" opens a section and tells which sections it uses.
 *
 * NaN and infinities are honoured everywhere; the sign of a zero is not. A clamp is written "x < low ? low : x", which
 * lets NaN through. NaN turned into an int gives INT_MIN or 0: shifted to the exponent either one is a zero, so that a
 * NaN that is scaled stays one.
 *
 * The polynomials are minimax fits (Remez 1934) to the reduced functions named beside them. Arguments are reduced as by
 * Cody and Waite, Software Manual for the Elementary Functions (1980), with fused multiply-adds in place of short
 * constants.
 */
//: prelude
#ifdef __CUDACC__
#define JNO_FN static __device__ __forceinline__
#define JNO_BUILTIN(name) name
#else
#define JNO_FN static inline __attribute__((always_inline, unused))
#define JNO_BUILTIN(name) __builtin_##name
#endif
/* Opens a body whose sums are neither reordered nor contracted, whatever the flags say about the rest of the unit. */
#ifdef __clang__
#define JNO_EXACT _Pragma("clang fp reassociate(off) reciprocal(off) contract(off)")
#else
#define JNO_EXACT
#endif
/* Clang makes vectors of extrema in which NaN wins only where they are written as its built-in functions. */
#ifdef __clang__
#if __has_builtin(__builtin_elementwise_maximum) && __has_builtin(__builtin_elementwise_minimum)
#define JNO_MAX(a, b) __builtin_elementwise_maximum(a, b)
#define JNO_MIN(a, b) __builtin_elementwise_minimum(a, b)
#endif
#endif
#ifndef JNO_MAX
#define JNO_MAX(a, b) ((a) != (a) || (a) > (b) ? (a) : (b))
#define JNO_MIN(a, b) ((a) != (a) || (a) < (b) ? (a) : (b))
#endif
#define JNO_INF (1e300 * 1e300)
#define JNO_NAN (JNO_INF - JNO_INF)
/* Of a sum with these the last place is one. */
#define JNO_WHOLE 0x1.8p52
#define JNO_WHOLEF 0x1.8p23f

typedef unsigned int jno_u32;
typedef unsigned long long jno_u64;

JNO_FN double jno_fma(double a, double b, double c) { return JNO_BUILTIN(fma)(a, b, c); }
JNO_FN float jno_fmaf(float a, float b, float c) { return JNO_BUILTIN(fmaf)(a, b, c); }
JNO_FN double jno_rint(double x) { return JNO_BUILTIN(rint)(x); }
JNO_FN float jno_rintf(float x) { return JNO_BUILTIN(rintf)(x); }
JNO_FN double jno_floor(double x) { return JNO_BUILTIN(floor)(x); }
JNO_FN float jno_floorf(float x) { return JNO_BUILTIN(floorf)(x); }
JNO_FN double jno_abs(double x) { return JNO_BUILTIN(fabs)(x); }
JNO_FN float jno_absf(float x) { return JNO_BUILTIN(fabsf)(x); }
JNO_FN double jno_sqrt(double x) { return JNO_BUILTIN(sqrt)(x); }
JNO_FN float jno_sqrtf(float x) { return JNO_BUILTIN(sqrtf)(x); }
JNO_FN double jno_copysign(double x, double y) { return JNO_BUILTIN(copysign)(x, y); }
JNO_FN float jno_copysignf(float x, float y) { return JNO_BUILTIN(copysignf)(x, y); }

JNO_FN jno_u64 jno_bits(double x) {
    union { double number; jno_u64 bits; } cast = {x};
    return cast.bits;
}
JNO_FN double jno_number(jno_u64 x) {
    union { jno_u64 bits; double number; } cast = {x};
    return cast.number;
}
JNO_FN jno_u32 jno_bitsf(float x) {
    union { float number; jno_u32 bits; } cast = {x};
    return cast.bits;
}
JNO_FN float jno_numberf(jno_u32 x) {
    union { jno_u32 bits; float number; } cast = {x};
    return cast.number;
}

/* x 2^k where both x and the result are normal. */
JNO_FN double jno_scale(double x, int k) { return jno_number(jno_bits(x) + ((jno_u64)(long long)k << 52)); }
JNO_FN float jno_scalef(float x, int k) { return jno_numberf(jno_bitsf(x) + ((jno_u32)k << 23)); }

//: min <- prelude
JNO_FN double jno_min(double a, double b) { return JNO_MIN(a, b); }
//: minf <- prelude
JNO_FN float jno_minf(float a, float b) { return JNO_MIN(a, b); }
//: max <- prelude
JNO_FN double jno_max(double a, double b) { return JNO_MAX(a, b); }
//: maxf <- prelude
JNO_FN float jno_maxf(float a, float b) { return JNO_MAX(a, b); }
//: sign <- prelude
JNO_FN double jno_sign(double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : x; }
//: signf <- prelude
JNO_FN float jno_signf(float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : x; }
//: abs <- prelude
//: absf <- prelude
//: floor <- prelude
//: floorf <- prelude
//: sqrt <- prelude
//: sqrtf <- prelude
//: rsqrt <- prelude
JNO_FN double jno_rsqrt(double x) { return 1.0 / jno_sqrt(x); }
//: rsqrtf <- prelude
JNO_FN float jno_rsqrtf(float x) { return 1.0f / jno_sqrtf(x); }

//: reduced_exp <- prelude
/* x = n ln 2 + r with |r| <= ln 2 / 2 (a little more after rounding). */
JNO_FN double jno_ln2_multiple(double x) { return jno_rint(x * 0x1.71547652b82fep+0); }
JNO_FN double jno_ln2_rest(double x, double n) {
    return jno_fma(-n, 0x1.abc9e3b39803fp-56, jno_fma(-n, 0x1.62e42fefa39efp-1, x));
}
/* exp(r) - 1 = r + r^2 p(r) for -1/2 <= r / ln 2 <= 3/4, p of degree 10, relative error 4.5e-18. */
JNO_FN double jno_reduced_expm1(double r) {
    double p = 0x1.379ce960b1c52p-29;
    p = jno_fma(p, r, 0x1.ae83e6f408281p-26);
    p = jno_fma(p, r, 0x1.27d52d8f61e00p-22);
    p = jno_fma(p, r, 0x1.71de7e4c74d87p-19);
    p = jno_fma(p, r, 0x1.a01a091de700ap-16);
    p = jno_fma(p, r, 0x1.a01a01774244dp-13);
    p = jno_fma(p, r, 0x1.6c16c16a81c61p-10);
    p = jno_fma(p, r, 0x1.1111111118d06p-7);
    p = jno_fma(p, r, 0x1.55555555559c3p-5);
    p = jno_fma(p, r, 0x1.555555555553ap-3);
    p = jno_fma(p, r, 0x1.fffffffffffffp-2);
    return jno_fma(r * r, p, r);
}
/* exp(r) 2^n for -1076 <= n <= 1024, in two steps since 2^n alone may overflow or be subnormal. */
JNO_FN double jno_expanded_exp(double r, double n) {
    int k = (int)n;
    int half = k >> 1;
    return jno_scale(1.0 + jno_reduced_expm1(r), half) * jno_scale(1.0, k - half);
}
//: reduced_expf <- prelude
JNO_FN float jno_ln2_multiplef(float x) { return jno_rintf(x * 0x1.715476p+0f); }
JNO_FN float jno_ln2_restf(float x, float n) {
    return jno_fmaf(-n, -0x1.05c610p-29f, jno_fmaf(-n, 0x1.62e430p-1f, x));
}
/* As above, p of degree 5, relative error 1.57e-9. */
JNO_FN float jno_reduced_expm1f(float r) {
    float p = 0x1.c24d26p-13f;
    p = jno_fmaf(p, r, 0x1.6d1da8p-10f);
    p = jno_fmaf(p, r, 0x1.10f8bap-7f);
    p = jno_fmaf(p, r, 0x1.5554fep-5f);
    p = jno_fmaf(p, r, 0x1.555566p-3f);
    p = jno_fmaf(p, r, 0x1.000000p-1f);
    return jno_fmaf(r * r, p, r);
}

//: exp <- reduced_exp
JNO_FN double jno_exp(double x) {
    JNO_EXACT
    x = x < -746.0 ? -746.0 : x;
    x = x > 710.0 ? 710.0 : x;
    double n = jno_ln2_multiple(x);
    return jno_expanded_exp(jno_ln2_rest(x, n), n);
}
//: expf <- reduced_expf
JNO_FN float jno_expf(float x) {
    JNO_EXACT
    x = x < -104.0f ? -104.0f : x;
    x = x > 89.0f ? 89.0f : x;
    float n = jno_ln2_multiplef(x);
    int k = (int)n;
    int half = k >> 1;
    return jno_scalef(1.0f + jno_reduced_expm1f(jno_ln2_restf(x, n)), half) * jno_scalef(1.0f, k - half);
}
//: expm1 <- reduced_exp
/* 2 (2^(n-1) (exp(r) - 1) + (2^(n-1) - 1/2)) */
JNO_FN double jno_expm1(double x) {
    JNO_EXACT
    x = x < -40.0 ? -40.0 : x;
    x = x > 710.0 ? 710.0 : x;
    double n = jno_ln2_multiple(x);
    double power = jno_scale(0.5, (int)n);
    return 2.0 * jno_fma(jno_reduced_expm1(jno_ln2_rest(x, n)), power, power - 0.5);
}
//: expm1f <- reduced_expf
JNO_FN float jno_expm1f(float x) {
    JNO_EXACT
    x = x < -20.0f ? -20.0f : x;
    x = x > 89.0f ? 89.0f : x;
    float n = jno_ln2_multiplef(x);
    float power = jno_scalef(0.5f, (int)n);
    return 2.0f * jno_fmaf(jno_reduced_expm1f(jno_ln2_restf(x, n)), power, power - 0.5f);
}
//: tanh <- reduced_exp
/*
 * h / (h + 1) with h = (exp(2 |x|) - 1) / 2 and exp(2 |x|) = 2^n exp(r). The exponent n leaves zero later than elsewhere (at
 * 3/4 ln 2), for the digits that "- 1" costs then. Where h is small, the quotient q loses digits by its denominator, and
 * h (1 - q) is the same number without that loss. One part of ln 2 is enough, since tanh flattens as n grows.
 */
JNO_FN double jno_tanh(double x) {
    JNO_EXACT
    double y = jno_abs(x);
    y = y > 20.0 ? 20.0 : y;
    double whole = jno_fma(y, 0x1.71547652b82fep+1, -0.25) + JNO_WHOLE;
    double r = jno_fma(JNO_WHOLE - whole, 0x1.62e42fefa39efp-1, y + y);
    double power = jno_number((jno_bits(whole) << 52) + 0x3fe0000000000000);
    double h = jno_fma(jno_reduced_expm1(r), power, power - 0.5);
    double q = h / (h + 1.0);
    q = y < 0.3 ? jno_fma(h, 0.0 - q, h) : q;
    return jno_copysign(q, x);
}
//: tanhf <- reduced_expf
JNO_FN float jno_tanhf(float x) {
    JNO_EXACT
    float y = jno_absf(x);
    y = y > 10.0f ? 10.0f : y;
    float whole = jno_fmaf(y, 0x1.715476p+1f, -0.25f) + JNO_WHOLEF;
    float r = jno_fmaf(JNO_WHOLEF - whole, 0x1.62e430p-1f, y + y);
    float power = jno_numberf((jno_bitsf(whole) << 23) + 0x3f000000);
    float h = jno_fmaf(jno_reduced_expm1f(r), power, power - 0.5f);
    float q = h / (h + 1.0f);
    q = y < 0.3f ? jno_fmaf(h, 0.0f - q, h) : q;
    return jno_copysignf(q, x);
}

//: reduced_log <- prelude
/* x = 2^k m with sqrt(1/2) <= m < sqrt(2), for normal positive x. */
JNO_FN jno_u64 jno_log_split(double x) { return jno_bits(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd); }
JNO_FN int jno_log_exponent(jno_u64 split) { return (int)(split >> 52) - 1023; }
JNO_FN double jno_log_mantissa(jno_u64 split) {
    return jno_number((split & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
}
/*
 * k ln 2 + log(1 + f) + c, where log(1 + f) = f - (f^2/2 - s (f^2/2 + s^2 R(s^2))), s = f / (2 + f), R of degree 6, relative
 * error 3e-18.
 */
JNO_FN double jno_reduced_log(double f, double k, double c) {
    JNO_EXACT
    double s = f / (2.0 + f);
    double z = s * s;
    double p = 0x1.2ec9cdc636407p-3;
    p = jno_fma(p, z, 0x1.39a8acd9e4148p-3);
    p = jno_fma(p, z, 0x1.7465ed89021b4p-3);
    p = jno_fma(p, z, 0x1.c71c53e2cd525p-3);
    p = jno_fma(p, z, 0x1.2492493f2c4aep-2);
    p = jno_fma(p, z, 0x1.9999999983cb6p-2);
    p = jno_fma(p, z, 0x1.5555555555582p-1);
    double half = 0.5 * f * f;
    double low = jno_fma(s, jno_fma(z, p, half), jno_fma(k, 0x1.abc9e3b39803fp-56, c));
    return jno_fma(k, 0x1.62e42fefa39efp-1, f - (half - low));
}
JNO_FN double jno_log_cases(double x, double finite) {
    double y = x < JNO_INF ? finite : x;
    y = x < 0.0 ? JNO_NAN : y;
    return x == 0.0 ? -JNO_INF : y;
}
//: reduced_logf <- prelude
JNO_FN jno_u32 jno_log_splitf(float x) { return jno_bitsf(x) + (0x3f800000 - 0x3f3504f3); }
JNO_FN int jno_log_exponentf(jno_u32 split) { return (int)(split >> 23) - 127; }
JNO_FN float jno_log_mantissaf(jno_u32 split) { return jno_numberf((split & 0x007fffff) + 0x3f3504f3); }
/* k ln 2 + log(1 + f) + c, where log(1 + f) = f - f^2/2 + f^3 p(f), p of degree 7, relative error 6e-9. */
JNO_FN float jno_reduced_logf(float f, float k, float c) {
    JNO_EXACT
    float p = -0x1.42aa58p-4f;
    p = jno_fmaf(p, f, 0x1.07b35cp-3f);
    p = jno_fmaf(p, f, -0x1.0cada4p-3f);
    p = jno_fmaf(p, f, 0x1.2270f4p-3f);
    p = jno_fmaf(p, f, -0x1.547e9cp-3f);
    p = jno_fmaf(p, f, 0x1.99a58cp-3f);
    p = jno_fmaf(p, f, -0x1.000206p-2f);
    p = jno_fmaf(p, f, 0x1.55554ap-2f);
    p = jno_fmaf(p, f, -0.5f);
    float low = jno_fmaf(f * f, p, jno_fmaf(k, -0x1.05c610p-29f, c));
    return jno_fmaf(k, 0x1.62e430p-1f, f + low);
}
JNO_FN float jno_log_casesf(float x, float finite) {
    float y = x < (float)JNO_INF ? finite : x;
    y = x < 0.0f ? (float)JNO_NAN : y;
    return x == 0.0f ? -(float)JNO_INF : y;
}

//: log <- reduced_log
JNO_FN double jno_log(double x) {
    JNO_EXACT
    int subnormal = x < 0x1p-1022;
    jno_u64 split = jno_log_split(subnormal ? x * 0x1p54 : x);
    double k = (double)(jno_log_exponent(split) - (subnormal ? 54 : 0));
    return jno_log_cases(x, jno_reduced_log(jno_log_mantissa(split) - 1.0, k, 0.0));
}
//: logf <- reduced_logf
JNO_FN float jno_logf(float x) {
    JNO_EXACT
    int subnormal = x < 0x1p-126f;
    jno_u32 split = jno_log_splitf(subnormal ? x * 0x1p24f : x);
    float k = (float)(jno_log_exponentf(split) - (subnormal ? 24 : 0));
    return jno_log_casesf(x, jno_reduced_logf(jno_log_mantissaf(split) - 1.0f, k, 0.0f));
}
//: log1p <- reduced_log
/* log u + c/u with u = 1 + x rounded and c the rounding error; near zero x itself is reduced already. */
JNO_FN double jno_log1p(double x) {
    JNO_EXACT
    int small = (x > -0.2928) & (x < 0.4142);
    double u = 1.0 + x;
    jno_u64 split = jno_log_split(u);
    double c = (x > 1.0 ? 1.0 - (u - x) : x - (u - 1.0)) / u;
    double f = small ? x : jno_log_mantissa(split) - 1.0;
    double k = small ? 0.0 : (double)jno_log_exponent(split);
    double y = jno_reduced_log(f, k, small ? 0.0 : c);
    y = x < JNO_INF ? y : x;
    y = x < -1.0 ? JNO_NAN : y;
    return x == -1.0 ? -JNO_INF : y;
}
//: log1pf <- reduced_logf
JNO_FN float jno_log1pf(float x) {
    JNO_EXACT
    int small = (x > -0.2928f) & (x < 0.4142f);
    float u = 1.0f + x;
    jno_u32 split = jno_log_splitf(u);
    float c = (x > 1.0f ? 1.0f - (u - x) : x - (u - 1.0f)) / u;
    float f = small ? x : jno_log_mantissaf(split) - 1.0f;
    float k = small ? 0.0f : (float)jno_log_exponentf(split);
    float y = jno_reduced_logf(f, k, small ? 0.0f : c);
    y = x < (float)JNO_INF ? y : x;
    y = x < -1.0f ? (float)JNO_NAN : y;
    return x == -1.0f ? -(float)JNO_INF : y;
}

//: reduced_sin <- prelude
/*
 * Near arguments: x = m pi + r with m = n or n + 1/2, where n is read off a sum whose last place is one. The first step is
 * exact, and three parts of pi leave no error that counts. Far ones, from here on: */
JNO_FN int jno_far(double x) { return jno_abs(x) > 0x1p48; }
JNO_FN int jno_farf(float x) { return jno_absf(x) > 0x1p17f; }
JNO_FN double jno_plus_pi(double x, double m) {
    double r = jno_fma(m, 0x1.921fb54442d18p+1, x);
    r = jno_fma(m, 0x1.1a62633145c07p-53, r);
    return jno_fma(m, -0x1.f1976b7ed8fbcp-109, r);
}
JNO_FN float jno_plus_pif(float x, float m) {
    float r = jno_fmaf(m, 0x1.921fb6p+1f, x);
    r = jno_fmaf(m, -0x1.777a5cp-24f, r);
    return jno_fmaf(m, -0x1.ee59dap-49f, r);
}
/* r (-1)^n for the number n in the last places of whole. */
JNO_FN double jno_alternate(double r, double whole) { return jno_number(jno_bits(r) ^ (jno_bits(whole) << 63)); }
JNO_FN float jno_alternatef(float r, float whole) { return jno_numberf(jno_bitsf(r) ^ (jno_bitsf(whole) << 31)); }
/*
 * The angle r, |r| <= pi/2, with sin r = sin(x + 2 pi turn / 2^64) for a far x = m 2^e: the 128 bits after the point of
 * m 2^e / (2 pi) by whole numbers, of which m times the 192 bits of 1 / (2 pi) that count is enough (M. Payne and R. Hanek,
 * Radian reduction for trigonometric functions, SIGNUM Newsletter 18, 1983).
 */
JNO_FN double jno_far_rest(double x, jno_u64 turn) {
    JNO_EXACT
    /* 1 / (2 pi) behind 64 zeros. */
    static const jno_u32 words[] = {
        0x00000000, 0x00000000, 0x28be60db, 0x9391054a, 0x7f09d5f4, 0x7d4d3770, 0x36d8a566, 0x4f10e410,
        0x7f9458ea, 0xf7aef158, 0x6dc91b8e, 0x909374b8, 0x01924bba, 0x82746487, 0x3f877ac7, 0x2c4a69cf,
        0xba208d7d, 0x4baed121, 0x3a671c09, 0xad17df90, 0x4e64758e, 0x60d4ce7d, 0x272117e2, 0xef7e4a0e,
        0xc7fe25ff, 0xf7816603, 0xfbcbc462, 0xd6829b47, 0xdb4d9fb3, 0xc9f2c26d, 0xd3d18fd9, 0xa797fa8b,
        0x5d49eeb1, 0xfaf97c5e, 0xcf41ce7d, 0xe294a4ba, 0x9afed7ec, 0x47e35742, 0x1580cc11};
    const jno_u64 low = 0xffffffff;
    jno_u64 bits = jno_bits(x);
    jno_u64 mantissa = (bits & 0x000fffffffffffff) | 0x0010000000000000;
    jno_u64 position = ((bits >> 52) & 0x7ff) - (1075 - 64);
    jno_u64 shift = 32 - (position & 31);
    const jno_u32 *word = words + (position >> 5);
    jno_u64 above = 0;
    jno_u64 carry = 0;
    jno_u64 product[6];
    for (int i = 5; i >= 0; i--) {
        jno_u64 window = ((((jno_u64)word[i] << 32) | word[i + 1]) >> shift) & low;
        jno_u64 right = (mantissa & low) * window;
        jno_u64 left = (mantissa >> 32) * above;
        jno_u64 sum = (right & low) + (left & low) + carry;
        product[i] = sum & low;
        carry = (sum >> 32) + (right >> 32) + (left >> 32);
        above = window;
    }
    jno_u64 high = ((product[0] << 32) | product[1]);
    jno_u64 fraction = (product[2] << 32) | product[3];
    int negative = x < 0.0;
    /* Of -y, the complement of y is as good a fraction: it is off by 2^-128. */
    high = (negative ? ~high : high) + turn;
    fraction = negative ? ~fraction : fraction;
    jno_u64 half = (high + 0x4000000000000000) & 0x8000000000000000;
    long long centred = (long long)(high - half);
    double leading = (double)centred;
    double trailing = (double)(centred - (long long)leading) + (double)fraction * 0x1p-64;
    double r = leading * 0x1.921fb54442d18p-62;
    double rest = jno_fma(leading, 0x1.921fb54442d18p-62, -r);
    rest = jno_fma(leading, 0x1.1a62633145c07p-116, jno_fma(trailing, 0x1.921fb54442d18p-62, rest));
    r = (r + rest) + (x - x);
    return jno_number(jno_bits(r) ^ half);
}
/* sin r = r + r^3 p(r^2) for |r| <= pi/2, p of degree 7 (float: 4). */
JNO_FN double jno_reduced_sin(double r) {
    double z = r * r;
    double p = 0x1.87974febbe67cp-49;
    p = jno_fma(p, z, -0x1.ae3dd6954b4c2p-41);
    p = jno_fma(p, z, 0x1.6123b79e29d50p-33);
    p = jno_fma(p, z, -0x1.ae6454814c7b9p-26);
    p = jno_fma(p, z, 0x1.71de3a51f05fdp-19);
    p = jno_fma(p, z, -0x1.a01a01a01349ap-13);
    p = jno_fma(p, z, 0x1.11111111110aep-7);
    p = jno_fma(p, z, -0x1.5555555555555p-3);
    return jno_fma(r * z, p, r);
}
JNO_FN float jno_reduced_sinf(float r) {
    float z = r * r;
    float p = -0x1.b43b0ep-26f;
    p = jno_fmaf(p, z, 0x1.72c02cp-19f);
    p = jno_fmaf(p, z, -0x1.a0239ep-13f);
    p = jno_fmaf(p, z, 0x1.111136p-7f);
    p = jno_fmaf(p, z, -0x1.555556p-3f);
    return jno_fmaf(r * z, p, r);
}
//: sin <- reduced_sin
JNO_FN double jno_near_sin(double x) {
    JNO_EXACT
    double whole = jno_fma(x, 0x1.45f306dc9c883p-2, JNO_WHOLE);
    return jno_reduced_sin(jno_alternate(jno_plus_pi(x, JNO_WHOLE - whole), whole));
}
JNO_FN double jno_sin(double x) {
    return jno_far(x) ? jno_reduced_sin(jno_far_rest(x, 0)) : jno_near_sin(x);
}
//: sinf <- reduced_sin
JNO_FN float jno_near_sinf(float x) {
    JNO_EXACT
    float whole = jno_fmaf(x, 0x1.45f306p-2f, JNO_WHOLEF);
    return jno_reduced_sinf(jno_alternatef(jno_plus_pif(x, JNO_WHOLEF - whole), whole));
}
JNO_FN float jno_sinf(float x) {
    return jno_farf(x) ? jno_reduced_sinf((float)jno_far_rest((double)x, 0)) : jno_near_sinf(x);
}
//: cos <- reduced_sin
/* cos x = (-1)^n sin(-r) with r = x - (n + 1/2) pi */
JNO_FN double jno_near_cos(double x) {
    JNO_EXACT
    double whole = jno_fma(x, 0x1.45f306dc9c883p-2, -0.5) + JNO_WHOLE;
    double r = jno_plus_pi(x, (JNO_WHOLE - whole) - 0.5);
    return jno_reduced_sin(-jno_alternate(r, whole));
}
JNO_FN double jno_cos(double x) {
    return jno_far(x) ? jno_reduced_sin(jno_far_rest(x, 0x4000000000000000)) : jno_near_cos(x);
}
//: cosf <- reduced_sin
JNO_FN float jno_near_cosf(float x) {
    JNO_EXACT
    float whole = jno_fmaf(x, 0x1.45f306p-2f, -0.5f) + JNO_WHOLEF;
    float r = jno_plus_pif(x, (JNO_WHOLEF - whole) - 0.5f);
    return jno_reduced_sinf(-jno_alternatef(r, whole));
}
JNO_FN float jno_cosf(float x) {
    return jno_farf(x) ? jno_reduced_sinf((float)jno_far_rest((double)x, 0x4000000000000000)) : jno_near_cosf(x);
}

//: reduced_atan <- prelude
/*
 * atan(a / b) for 0 <= a <= b: with t = a / b for t <= tan(pi/8), and pi/4 + atan t with t = (a - b) / (a + b) beyond;
 * atan t = t + t^3 p(t^2), p of degree 11, relative error 3.2e-18.
 */
JNO_FN double jno_reduced_atan(double a, double b) {
    JNO_EXACT
    int far = a > 0.41421356237309503 * b;
    double t = (far ? a - b : a) / (far ? a + b : b);
    double z = t * t;
    double p = 0x1.0acd9e91a5a35p-6;
    p = jno_fma(p, z, -0x1.1b311bb48c215p-5);
    p = jno_fma(p, z, 0x1.74dccfb93fff0p-5);
    p = jno_fma(p, z, -0x1.ac7a5a79b3f26p-5);
    p = jno_fma(p, z, 0x1.e19a0bfa3eef9p-5);
    p = jno_fma(p, z, -0x1.110e87b4357d2p-4);
    p = jno_fma(p, z, 0x1.3b1392d519db1p-4);
    p = jno_fma(p, z, -0x1.745d165dc9713p-4);
    p = jno_fma(p, z, 0x1.c71c71c303dbbp-4);
    p = jno_fma(p, z, -0x1.249249248d7dcp-3);
    p = jno_fma(p, z, 0x1.9999999999953p-3);
    p = jno_fma(p, z, -0x1.5555555555555p-2);
    double low = t * z * p + (far ? 0x1.1a62633145c07p-55 : 0.0);
    return (far ? 0x1.921fb54442d18p-1 : 0.0) + (t + low);
}
//: atan <- reduced_atan
JNO_FN double jno_atan(double x) {
    JNO_EXACT
    double a = jno_abs(x);
    int inverse = a > 1.0;
    double y = jno_reduced_atan(inverse ? 1.0 : a, inverse ? a : 1.0);
    y = inverse ? 0x1.921fb54442d18p+0 - (y - 0x1.1a62633145c07p-54) : y;
    return jno_copysign(y, x);
}
//: atan2 <- reduced_atan
/* Both arguments are brought away from the ends of the range, where their sum or quotient would leave it. */
JNO_FN double jno_atan2(double y, double x) {
    JNO_EXACT
    double above = jno_abs(y);
    double beside = jno_abs(x);
    int steep = above > beside;
    double a = steep ? beside : above;
    double b = steep ? above : beside;
    double scale = b > 0x1p1000 ? 0x1p-100 : b < 0x1p-900 ? 0x1p100 : 1.0;
    int infinite = b == JNO_INF;
    a = infinite ? (a == JNO_INF ? 1.0 : a == a ? 0.0 : a) : a * scale;
    b = infinite ? 1.0 : b * scale;
    double r = jno_reduced_atan(a, b);
    r = a + b == 0.0 ? 0.0 : r;
    r = steep ? 0x1.921fb54442d18p+0 - (r - 0x1.1a62633145c07p-54) : r;
    r = x < 0.0 ? 0x1.921fb54442d18p+1 - (r - 0x1.1a62633145c07p-53) : r;
    return y < 0.0 ? -r : r;
}
//: reduced_asin <- prelude
/* asin(x) = x + x z p(z) with z = x^2 for |x| <= 1/2, p of degree 12, relative error 5.8e-18; the second term alone. */
JNO_FN double jno_reduced_asin(double x, double z) {
    double p = 0x1.d72b2bc8155f8p-6;
    p = jno_fma(p, z, -0x1.e6aaa8a0a04ccp-7);
    p = jno_fma(p, z, 0x1.1d189408314eep-6);
    p = jno_fma(p, z, 0x1.65a9c4dfcf8b2p-8);
    p = jno_fma(p, z, 0x1.52420b04b37bep-7);
    p = jno_fma(p, z, 0x1.782651caa6547p-7);
    p = jno_fma(p, z, 0x1.c9cf07674736ap-7);
    p = jno_fma(p, z, 0x1.1c4d35cf95421p-6);
    p = jno_fma(p, z, 0x1.6e8bb1c8209a2p-6);
    p = jno_fma(p, z, 0x1.f1c71c1db0623p-6);
    p = jno_fma(p, z, 0x1.6db6db6e31f13p-5);
    p = jno_fma(p, z, 0x1.3333333332ecap-4);
    p = jno_fma(p, z, 0x1.5555555555556p-3);
    return x * z * p;
}
//: asin <- reduced_asin
/* asin x = pi/2 - 2 asin sqrt((1 - x) / 2), whose root is s + c. */
JNO_FN double jno_asin(double x) {
    JNO_EXACT
    double a = jno_abs(x);
    int far = a > 0.5;
    double z = far ? 0.5 - 0.5 * a : x * x;
    double s = far ? jno_sqrt(z) : a;
    double rest = jno_reduced_asin(s, z);
    double c = s == 0.0 ? 0.0 : jno_fma(-s, s, z) / (s + s);
    double y = far ? 0x1.921fb54442d18p+0 - 2.0 * (s + (rest + c) - 0.5 * 0x1.1a62633145c07p-54) : s + rest;
    return jno_copysign(y, x);
}
//: acos <- reduced_asin
JNO_FN double jno_acos(double x) {
    JNO_EXACT
    double a = jno_abs(x);
    int far = a > 0.5;
    double z = far ? 0.5 - 0.5 * a : x * x;
    double s = far ? jno_sqrt(z) : x;
    double rest = jno_reduced_asin(s, z);
    double c = s == 0.0 ? 0.0 : jno_fma(-s, s, z) / (s + s);
    double twice = 2.0 * (s + (rest + c));
    double end = x < 0.0 ? 0x1.921fb54442d18p+1 - (twice - 0x1.1a62633145c07p-53) : twice;
    return far ? end : 0x1.921fb54442d18p+0 - (s + (rest - 0x1.1a62633145c07p-54));
}
//: asinh <- log1p
/* log(1 + a + a^2 / (1 + sqrt(1 + a^2))), and log(2 a) where the square might overflow. */
JNO_FN double jno_asinh(double x) {
    JNO_EXACT
    double a = jno_abs(x);
    int far = a > 0x1p54;
    double square = far ? 1.0 : a * a;
    double y = jno_log1p(far ? a : a + square / (1.0 + jno_sqrt(1.0 + square)));
    return jno_copysign(far ? y + 0x1.62e42fefa39efp-1 : y, x);
}
//: reduced_atanf <- prelude
/*
 * atan(a / b) for 0 <= a <= b: with t = a / b for t <= tan(pi/8), and pi/4 + atan t with t = (a - b) / (a + b) beyond;
 * atan t = t + t^3 p(t^2), p of degree 4, relative error 2.9e-9.
 */
JNO_FN float jno_reduced_atanf(float a, float b) {
    JNO_EXACT
    int far = a > 0.41421357f * b;
    float t = (far ? a - b : a) / (far ? a + b : b);
    float z = t * t;
    float p = -0x1.08432cp-4f;
    p = jno_fmaf(p, z, 0x1.b80f88p-4f);
    p = jno_fmaf(p, z, -0x1.24202ep-3f);
    p = jno_fmaf(p, z, 0x1.999730p-3f);
    p = jno_fmaf(p, z, -0x1.555554p-2f);
    float low = t * z * p + (far ? -0x1.777a5cp-26f : 0.0f);
    return (far ? 0x1.921fb6p-1f : 0.0f) + (t + low);
}
//: atanf <- reduced_atanf
JNO_FN float jno_atanf(float x) {
    JNO_EXACT
    float a = jno_absf(x);
    int inverse = a > 1.0f;
    float y = jno_reduced_atanf(inverse ? 1.0f : a, inverse ? a : 1.0f);
    y = inverse ? 0x1.921fb6p+0f - (y - -0x1.777a5cp-25f) : y;
    return jno_copysignf(y, x);
}
//: atan2f <- reduced_atanf
/* Both arguments are brought away from the ends of the range, where their sum or quotient would leave it. */
JNO_FN float jno_atan2f(float y, float x) {
    JNO_EXACT
    float above = jno_absf(y);
    float beside = jno_absf(x);
    int steep = above > beside;
    float a = steep ? beside : above;
    float b = steep ? above : beside;
    float scale = b > 0x1p120f ? 0x1p-60f : b < 0x1p-90f ? 0x1p60f : 1.0f;
    int infinite = b == (float)JNO_INF;
    a = infinite ? (a == (float)JNO_INF ? 1.0f : a == a ? 0.0f : a) : a * scale;
    b = infinite ? 1.0f : b * scale;
    float r = jno_reduced_atanf(a, b);
    r = a + b == 0.0f ? 0.0f : r;
    r = steep ? 0x1.921fb6p+0f - (r - -0x1.777a5cp-25f) : r;
    r = x < 0.0f ? 0x1.921fb6p+1f - (r - -0x1.777a5cp-24f) : r;
    return y < 0.0f ? -r : r;
}
//: reduced_asinf <- prelude
/* asin(x) = x + x z p(z) with z = x^2 for |x| <= 1/2, p of degree 5, relative error 3.2e-9; the second term alone. */
JNO_FN float jno_reduced_asinf(float x, float z) {
    float p = 0x1.13fed4p-5f;
    p = jno_fmaf(p, z, 0x1.18f91ep-6f);
    p = jno_fmaf(p, z, 0x1.fd8da2p-6f);
    p = jno_fmaf(p, z, 0x1.6d5bbap-5f);
    p = jno_fmaf(p, z, 0x1.333430p-4f);
    p = jno_fmaf(p, z, 0x1.555554p-3f);
    return x * z * p;
}
//: asinf <- reduced_asinf
/* asin x = pi/2 - 2 asin sqrt((1 - x) / 2), whose root is s + c. */
JNO_FN float jno_asinf(float x) {
    JNO_EXACT
    float a = jno_absf(x);
    int far = a > 0.5f;
    float z = far ? 0.5f - 0.5f * a : x * x;
    float s = far ? jno_sqrtf(z) : a;
    float rest = jno_reduced_asinf(s, z);
    float c = s == 0.0f ? 0.0f : jno_fmaf(-s, s, z) / (s + s);
    float y = far ? 0x1.921fb6p+0f - 2.0f * (s + (rest + c) - 0.5f * -0x1.777a5cp-25f) : s + rest;
    return jno_copysignf(y, x);
}
//: acosf <- reduced_asinf
JNO_FN float jno_acosf(float x) {
    JNO_EXACT
    float a = jno_absf(x);
    int far = a > 0.5f;
    float z = far ? 0.5f - 0.5f * a : x * x;
    float s = far ? jno_sqrtf(z) : x;
    float rest = jno_reduced_asinf(s, z);
    float c = s == 0.0f ? 0.0f : jno_fmaf(-s, s, z) / (s + s);
    float twice = 2.0f * (s + (rest + c));
    float end = x < 0.0f ? 0x1.921fb6p+1f - (twice - -0x1.777a5cp-24f) : twice;
    return far ? end : 0x1.921fb6p+0f - (s + (rest - -0x1.777a5cp-25f));
}
//: asinhf <- log1pf
/* log(1 + a + a^2 / (1 + sqrt(1 + a^2))), and log(2 a) where the square might overflow. */
JNO_FN float jno_asinhf(float x) {
    JNO_EXACT
    float a = jno_absf(x);
    int far = a > 0x1p25f;
    float square = far ? 1.0f : a * a;
    float y = jno_log1pf(far ? a : a + square / (1.0f + jno_sqrtf(1.0f + square)));
    return jno_copysignf(far ? y + 0x1.62e430p-1f : y, x);
}

//: erf <- reduced_exp
/* |x| < 1: x + x p(x^2), p of degree 11; beyond: 1 - exp(q(|x|)), q = log erfc of degree 18. Absolute error 7e-18. */
JNO_FN double jno_erf(double x) {
    JNO_EXACT
    double z = x * x;
    double p = -0x1.acaeac926312ep-31;
    p = jno_fma(p, z, 0x1.d77467c0af997p-27);
    p = jno_fma(p, z, -0x1.5c149a1953d58p-23);
    p = jno_fma(p, z, 0x1.b9821deae5e74p-20);
    p = jno_fma(p, z, -0x1.f4ca8b689e9e1p-17);
    p = jno_fma(p, z, 0x1.f9a2bedf66079p-14);
    p = jno_fma(p, z, -0x1.c02db06cf3a16p-11);
    p = jno_fma(p, z, 0x1.565bccfa73f94p-8);
    p = jno_fma(p, z, -0x1.b82ce312050c7p-6);
    p = jno_fma(p, z, 0x1.ce2f21a040fd4p-4);
    p = jno_fma(p, z, -0x1.812746b0379c1p-2);
    p = jno_fma(p, z, 0x1.06eba8214db68p-3);
    double near = jno_fma(x, p, x);

    double t = jno_abs(x);
    t = t > 6.0 ? 6.0 : t;
    double q = 0x1.25415cd015726p-40;
    q = jno_fma(q, t, -0x1.a30193a2f6e49p-35);
    q = jno_fma(q, t, 0x1.183441d413ee1p-30);
    q = jno_fma(q, t, -0x1.d1981c4a4772dp-27);
    q = jno_fma(q, t, 0x1.0c95ebf4c4b17p-23);
    q = jno_fma(q, t, -0x1.c68e69e84ec26p-21);
    q = jno_fma(q, t, 0x1.2128c0e61c990p-18);
    q = jno_fma(q, t, -0x1.13f130b661731p-16);
    q = jno_fma(q, t, 0x1.783160fa95992p-15);
    q = jno_fma(q, t, -0x1.254b32fa9ca87p-14);
    q = jno_fma(q, t, -0x1.7ec28abc545c0p-15);
    q = jno_fma(q, t, 0x1.50c69d58d889fp-11);
    q = jno_fma(q, t, -0x1.d016af1c999e0p-10);
    q = jno_fma(q, t, 0x1.2764c966e334bp-12);
    q = jno_fma(q, t, 0x1.3890121af3bb6p-6);
    q = jno_fma(q, t, -0x1.a4d9dbecab561p-4);
    q = jno_fma(q, t, -0x1.45f430509115dp-1);
    q = jno_fma(q, t, -0x1.20dd55a4a5964p+0);
    q = jno_fma(q, t, -0x1.88b55adb4f968p-23);
    double n = jno_ln2_multiple(q);
    double tail = jno_scale(1.0 + jno_reduced_expm1(jno_ln2_rest(q, n)), (int)n);
    return t < 1.0 ? near : jno_copysign(1.0 - tail, x);
}
//: erff <- reduced_expf
/* As above with degrees 6 and 6; absolute error 1.2e-9. */
JNO_FN float jno_erff(float x) {
    JNO_EXACT
    float z = x * x;
    float p = 0x1.4ac1a4p-14f;
    p = jno_fmaf(p, z, -0x1.a479eap-11f);
    p = jno_fmaf(p, z, 0x1.541870p-8f);
    p = jno_fmaf(p, z, -0x1.b7fb88p-6f);
    p = jno_fmaf(p, z, 0x1.ce2d1ep-4f);
    p = jno_fmaf(p, z, -0x1.81273ep-2f);
    p = jno_fmaf(p, z, 0x1.06eba8p-3f);
    float near = jno_fmaf(x, p, x);

    float t = jno_absf(x);
    t = t > 4.0f ? 4.0f : t;
    float q = 0x1.856cc2p-13f;
    q = jno_fmaf(q, t, -0x1.817570p-9f);
    q = jno_fmaf(q, t, 0x1.655748p-6f);
    q = jno_fmaf(q, t, -0x1.a61604p-4f);
    q = jno_fmaf(q, t, -0x1.46c3cap-1f);
    q = jno_fmaf(q, t, -0x1.20863cp+0f);
    q = jno_fmaf(q, t, -0x1.70b0e8p-12f);
    float n = jno_ln2_multiplef(q);
    float tail = jno_scalef(1.0f + jno_reduced_expm1f(jno_ln2_restf(q, n)), (int)n);
    return t < 1.0f ? near : jno_copysignf(1.0f - tail, x);
}

//: pow_cases <- prelude
/* The special cases of C99, annex F (but for the sign of zero), around |x|^y. */
JNO_FN double jno_pow_cases(double x, double y, double magnitude) {
    double a = jno_abs(x);
    int integer = jno_floor(y) == y;
    int odd = integer & (jno_floor(0.5 * y) != 0.5 * y);
    magnitude = a == 1.0 ? 1.0 : magnitude;
    magnitude = a == 0.0 ? (y > 0.0 ? 0.0 : JNO_INF) : magnitude;
    magnitude = a == JNO_INF ? (y > 0.0 ? JNO_INF : 0.0) : magnitude;
    double negative = (integer | (a == JNO_INF)) ? (odd ? -magnitude : magnitude) : JNO_NAN;
    double power = x < 0.0 ? negative : magnitude;
    power = ((x != x) | (y != y)) ? JNO_NAN : power;
    return ((y == 0.0) | (x == 1.0)) ? 1.0 : power;
}
//: pow <- pow_cases reduced_log reduced_exp
/*
 * exp(y log |x|), the logarithm as an unevaluated sum of two doubles (Dekker 1971) with some 64 correct bits:
 * log(1 + f) = 2 s + s^3 (2/3 + s^2 Q(s^2)), s = f / (2 + f), Q of degree 6.
 */
JNO_FN double jno_pow(double x, double y) {
    JNO_EXACT
    double a = jno_abs(x);
    int subnormal = a < 0x1p-1022;
    jno_u64 split = jno_log_split(subnormal ? a * 0x1p54 : a);
    double k = (double)(jno_log_exponent(split) - (subnormal ? 54 : 0));
    double f = jno_log_mantissa(split) - 1.0;

    double d = 2.0 + f;
    double d_low = f - (d - 2.0);
    double s = f / d;
    double s_low = jno_fma(-s, d_low, jno_fma(-s, d, f)) / d;
    double z = s * s;
    double z_low = jno_fma(2.0 * s, s_low, jno_fma(s, s, -z));
    double q = 0x1.0c21ce87b9488p-3;
    q = jno_fma(q, z, 0x1.0fbe2352a06f8p-3);
    q = jno_fma(q, z, 0x1.3b1c15533f41bp-3);
    q = jno_fma(q, z, 0x1.745cfaae64816p-3);
    q = jno_fma(q, z, 0x1.c71c71f9070cbp-3);
    q = jno_fma(q, z, 0x1.249249247fda5p-2);
    q = jno_fma(q, z, 0x1.99999999999c5p-2);
    double w = z * q;
    double t = 0x1.5555555555555p-1 + w;
    double t_low = (0x1.5555555555555p-1 - t) + w + 0x1.5555555555555p-55;
    double c = s * z;
    double c_low = jno_fma(s, z_low, jno_fma(s_low, z, jno_fma(s, z, -c)));
    double p = c * t;
    double p_low = jno_fma(c, t_low, jno_fma(c_low, t, jno_fma(c, t, -p)));

    double whole = k * 0x1.62e42fefa3800p-1;
    double sum = whole + 2.0 * s;
    double sum_low = 2.0 * s - (sum - whole);
    double log = sum + p;
    double log_low = p - (log - sum) + sum_low + p_low + 2.0 * s_low + k * 0x1.ef35793c76730p-45;

    double product = y * log;
    double product_low = jno_fma(y, log_low, jno_fma(y, log, -product));
    double e = product < -746.0 ? -746.0 : product;
    e = e > 710.0 ? 710.0 : e;
    product_low = e == product ? product_low : 0.0;
    double n = jno_ln2_multiple(e);
    return jno_pow_cases(x, y, jno_expanded_exp(jno_ln2_rest(e, n) + product_low, n));
}
//: powf <- pow_cases log exp
/* In double throughout: a logarithm in float alone would lose seven bits. */
JNO_FN float jno_powf(float x, float y) {
    double a = jno_abs((double)x);
    return (float)jno_pow_cases((double)x, (double)y, jno_exp((double)y * jno_log(a)));
}
