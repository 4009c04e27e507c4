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
 * e / (e + 2) with e = exp(2 |x|) - 1. The exponent leaves zero later than elsewhere (at 3/4 ln 2), for the digits that
 * "- 1" costs then, and the quotient is corrected by its remainder.
 */
JNO_FN double jno_tanh(double x) {
    JNO_EXACT
    double y = 2.0 * jno_abs(x);
    y = y > 40.0 ? 40.0 : y;
    double n = jno_floor(jno_fma(y, 0x1.71547652b82fep+0, 0.25));
    double power = jno_scale(1.0, (int)n);
    double e = jno_fma(jno_reduced_expm1(jno_ln2_rest(y, n)), power, power - 1.0);
    double d = e + 2.0;
    double inverse = 1.0 / d;
    double q = e * inverse;
    double rest = jno_fma(-q, d, e) - q * (e - (d - 2.0));
    return jno_copysign(jno_fma(rest, inverse, q), x);
}
//: tanhf <- reduced_expf
JNO_FN float jno_tanhf(float x) {
    JNO_EXACT
    float y = 2.0f * jno_absf(x);
    y = y > 20.0f ? 20.0f : y;
    float n = jno_floorf(jno_fmaf(y, 0x1.715476p+0f, 0.25f));
    float power = jno_scalef(1.0f, (int)n);
    float e = jno_fmaf(jno_reduced_expm1f(jno_ln2_restf(y, n)), power, power - 1.0f);
    float d = e + 2.0f;
    float inverse = 1.0f / d;
    float q = e * inverse;
    float rest = jno_fmaf(-q, d, e) - q * (e - (d - 2.0f));
    return jno_copysignf(jno_fmaf(rest, inverse, q), x);
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
 * x = m pi/2 + r with an integer m. Up to |x| = 2^48 the first step is exact and three parts of pi/2 leave no error that
 * counts; beyond, where neighbouring numbers are a sixteenth apart, the result is NaN.
 */
JNO_FN double jno_circle(double x) { return jno_abs(x) <= 0x1p48 ? x : JNO_NAN; }
JNO_FN double jno_pi_rest(double x, double m) {
    double r = jno_fma(-m, 0x1.921fb54442d18p+0, x);
    r = jno_fma(-m, 0x1.1a62633145c07p-54, r);
    return jno_fma(-m, -0x1.f1976b7ed8fbcp-110, r);
}
/* r (-1)^n */
JNO_FN double jno_alternate(double r, double n) {
    double half = 0.5 * n;
    return jno_fma(-4.0 * (half - jno_floor(half)), r, r);
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
JNO_FN double jno_sin(double x) {
    JNO_EXACT
    x = jno_circle(x);
    double n = jno_rint(x * 0x1.45f306dc9c883p-2);
    return jno_reduced_sin(jno_alternate(jno_pi_rest(x, 2.0 * n), n));
}
//: sinf <- reduced_sin
/* Reduced in double, so that large arguments lose nothing. */
JNO_FN float jno_sinf(float x) {
    JNO_EXACT
    double wide = jno_circle((double)x);
    double n = jno_rint(wide * 0x1.45f306dc9c883p-2);
    double r = jno_fma(-n, 0x1.1a62633145c07p-53, jno_fma(-n, 0x1.921fb54442d18p+1, wide));
    return jno_reduced_sinf((float)jno_alternate(r, n));
}
//: cos <- reduced_sin
/* cos x = (-1)^(n+1) sin r with r = x - (2n + 1) pi/2 */
JNO_FN double jno_cos(double x) {
    JNO_EXACT
    x = jno_circle(x);
    double n = jno_rint(jno_fma(x, 0x1.45f306dc9c883p-2, -0.5));
    return jno_reduced_sin(-jno_alternate(jno_pi_rest(x, jno_fma(2.0, n, 1.0)), n));
}
//: cosf <- reduced_sin
JNO_FN float jno_cosf(float x) {
    JNO_EXACT
    double wide = jno_circle((double)x);
    double n = jno_rint(jno_fma(wide, 0x1.45f306dc9c883p-2, -0.5));
    double m = n + 0.5;
    double r = jno_fma(-m, 0x1.1a62633145c07p-53, jno_fma(-m, 0x1.921fb54442d18p+1, wide));
    return jno_reduced_sinf((float)-jno_alternate(r, n));
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
