/*
 * The innermost loops of multigrid, for WIDTH neighbouring columns of vectors of type REAL and blocks of HEIGHT x BREADTH
 * entries, both 1 for a scalar matrix. All four are defined above this text.
 *
 * A matrix is block CSR: per block row its first block, per block its block column and its values row after row. Vectors
 * lie row after row with `stride` numbers each. Arrays are those of the Java heap, hence not aligned to their lanes.
 */
typedef REAL real;
#if WIDTH == 1
typedef real lanes;
typedef double wide;
#define CONVERT(value, type) ((type)(value))
#else
typedef real lanes __attribute__((vector_size(sizeof(real) * WIDTH), aligned(sizeof(real)), may_alias));
typedef double wide __attribute__((vector_size(sizeof(double) * WIDTH), aligned(sizeof(double)), may_alias));
#define CONVERT(value, type) __builtin_convertvector(value, type)
#endif

#define LOAD(p) (*(const lanes *)(p))
#define STORE(p, v) (*(lanes *)(p) = (v))
/* Rows are short: vectors over their entries would cost more than they bring. */
#define ENTRIES _Pragma("clang loop vectorize(disable) unroll(disable)")

static double number(const long *bits) {
    double value;
    __builtin_memcpy(&value, bits, sizeof value);
    return value;
}

/* sum -= A x for blocks `from` to `to` of one block row, the last one subtracted last. */
static inline void subtract(
    lanes sum[HEIGHT], long from, long to, const int *columns, const real *values, const real *x, long stride) {
    ENTRIES
    for (long k = from; k < to; k++) {
        const real *v = values + k * (HEIGHT * BREADTH);
        const real *at = x + columns[k] * BREADTH * stride;
        for (int s = 0; s < BREADTH; s++) {
            lanes entry = LOAD(at + s * stride);
            for (int r = 0; r < HEIGHT; r++) {
                sum[r] -= v[r * BREADTH + s] * entry;
            }
        }
    }
}

/* Y = base + factor A X in block rows n[0] to n[1] - 1. */
void combine(void **a, const long *n) {
    const int *start = a[0], *columns = a[1];
    const real *values = a[2];
    const long stride = n[2], column = n[3];
    const real *base = a[3] ? (real *)a[3] + column : 0;
    const real *x = (real *)a[4] + column;
    real *y = (real *)a[5] + column;
    const real factor = -number(n + 4);
    for (long i = n[0]; i < n[1]; i++) {
        lanes sum[HEIGHT] = {};
        subtract(sum, start[i], start[i + 1], columns, values, x, stride);
        for (int r = 0; r < HEIGHT; r++) {
            long at = (i * HEIGHT + r) * stride;
            STORE(y + at, base ? LOAD(base + at) + factor * sum[r] : factor * sum[r]);
        }
    }
}

#if HEIGHT == BREADTH

/* For block rows named by rows[n[0]] to rows[n[1] - 1]: R = R + S X - C X with couplings C and a diagonal S. */
void couple(void **a, const long *n) {
    const int *rows = a[0], *start = a[1], *columns = a[2];
    const real *values = a[3], *surplus = a[4];
    const long stride = n[2], column = n[3];
    const real *x = (real *)a[5] + column;
    real *r = (real *)a[6] + column;
    for (long q = n[0]; q < n[1]; q++) {
        lanes sum[HEIGHT];
        long at = (long)rows[q] * HEIGHT * stride;
        for (int s = 0; s < HEIGHT; s++) {
            sum[s] = LOAD(r + at + s * stride) + surplus[q * HEIGHT + s] * LOAD(x + at + s * stride);
        }
        subtract(sum, start[q], start[q + 1], columns, values, x, stride);
        for (int s = 0; s < HEIGHT; s++) {
            STORE(r + at + s * stride, sum[s]);
        }
    }
}

/* The block D^-1 sum of row i, which becomes row i of X. */
static inline void solve(lanes z[HEIGHT], const lanes sum[HEIGHT], const real *inverse, long i, real *x, long stride) {
    const real *block = inverse + i * HEIGHT * HEIGHT;
    for (int r = 0; r < HEIGHT; r++) {
        z[r] = block[r * HEIGHT] * sum[0];
        for (int s = 1; s < HEIGHT; s++) {
            z[r] += block[r * HEIGHT + s] * sum[s];
        }
        STORE(x + (i * HEIGHT + r) * stride, z[r]);
    }
}

/* R -= A' z for blocks of one block row of a lower triangle: the column of the upper triangle of a symmetric matrix. */
static inline void scatter(
    const lanes z[HEIGHT], long from, long to, const int *columns, const real *values, real *r, long stride) {
    ENTRIES
    for (long k = from; k < to; k++) {
        const real *v = values + k * (HEIGHT * HEIGHT);
        real *at = r + columns[k] * HEIGHT * stride;
        for (int s = 0; s < HEIGHT; s++) {
            lanes sum = LOAD(at + s * stride);
            for (int t = 0; t < HEIGHT; t++) {
                sum -= v[t * HEIGHT + s] * z[t];
            }
            STORE(at + s * stride, sum);
        }
    }
}

#define CHUNK 128

/*
 * Gauss-Seidel forwards from X = 0 in block rows n[0] to n[1] - 1 of a part that ends at n[4]. R becomes the residual, in
 * which only the upper triangle U is left: -U X. Of a symmetric matrix only the lower triangle L is stored, and R takes its
 * transpose while a row is at hand. Else residuals follow as soon as their last neighbour is known; n[5] is the first row
 * without one.
 */
void forward(void **a, long *n) {
    const int *start = a[0], *columns = a[1], *upperStart = a[3], *upperColumns = a[4];
    const real *values = a[2], *upper = a[5], *inverse = a[6];
    const long stride = n[2], column = n[3];
    const real *b = (real *)a[7] + column;
    real *x = (real *)a[8] + column, *r = (real *)a[9] + column;
    for (long from = n[0]; from < n[1]; from += CHUNK) {
        const long to = from + CHUNK < n[1] ? from + CHUNK : n[1];
        for (long i = from; i < to; i++) {
            lanes sum[HEIGHT], z[HEIGHT];
            for (int s = 0; s < HEIGHT; s++) {
                sum[s] = LOAD(b + (i * HEIGHT + s) * stride);
            }
            subtract(sum, start[i], start[i + 1], columns, values, x, stride);
            solve(z, sum, inverse, i, x, stride);
            if (!upper) {
                for (int s = 0; s < HEIGHT; s++) {
                    STORE(r + (i * HEIGHT + s) * stride, (lanes){0});
                }
                scatter(z, start[i], start[i + 1], columns, values, r, stride);
            }
        }
        for (; upper && n[5] < to; n[5]++) {
            const long i = n[5], end = upperStart[i + 1];
            if (end > upperStart[i] && upperColumns[end - 1] >= to) {
                break;
            }
            lanes sum[HEIGHT] = {};
            subtract(sum, upperStart[i], end, upperColumns, upper, x, stride);
            for (int s = 0; s < HEIGHT; s++) {
                STORE(r + (i * HEIGHT + s) * stride, sum[s]);
            }
        }
    }
}

/* Gauss-Seidel backwards in block rows n[1] - 1 down to n[0]; the right-hand side is B + R, R is scratch. */
void backward(void **a, const long *n) {
    const int *start = a[0], *columns = a[1], *upperStart = a[3], *upperColumns = a[4];
    const real *values = a[2], *upper = a[5], *inverse = a[6];
    const long stride = n[2], column = n[3];
    const real *b = (real *)a[7] + column;
    real *x = (real *)a[8] + column, *r = (real *)a[9] + column;
    for (long i = n[1] - 1; i >= n[0]; i--) {
        lanes sum[HEIGHT], z[HEIGHT];
        for (int s = 0; s < HEIGHT; s++) {
            sum[s] = LOAD(b + (i * HEIGHT + s) * stride);
        }
        subtract(sum, start[i], start[i + 1], columns, values, x, stride);
        if (upper) {
            subtract(sum, upperStart[i], upperStart[i + 1], upperColumns, upper, x, stride);
        }
        /* Added last: the row just computed is waited for here. */
        for (int s = 0; s < HEIGHT; s++) {
            sum[s] += LOAD(r + (i * HEIGHT + s) * stride);
        }
        solve(z, sum, inverse, i, x, stride);
        if (!upper) {
            scatter(z, start[i], start[i + 1], columns, values, r, stride);
        }
    }
}

#endif

/* D = keep D + gain S R with a diagonal S, and X = X + D, from zero where n[6] says so; without D if there is none. */
void step(void **a, const long *n) {
    const real *scale = a[0];
    const long stride = n[2], column = n[3];
    const real *r = (real *)a[1] + column;
    real *x = (real *)a[2] + column, *direction = a[3] ? (real *)a[3] + column : 0;
    const real keep = number(n + 4), gain = number(n + 5);
    for (long i = n[0]; i < n[1]; i++) {
        const long at = i * stride;
        lanes d = gain * scale[i] * LOAD(r + at);
        if (keep != 0) {
            d += keep * LOAD(direction + at);
        }
        if (direction) {
            STORE(direction + at, d);
        }
        STORE(x + at, n[6] ? d : LOAD(x + at) + d);
    }
}

/* Y = X F in rows n[0] to n[1] - 1, from double precision, with a diagonal F of one factor per column. */
void narrow(void **a, const long *n) {
    const long stride = n[2], column = n[3];
    const double *x = (double *)a[0] + column;
    const wide factor = *(const wide *)((double *)a[1] + column);
    real *y = (real *)a[2] + column;
    for (long i = n[0]; i < n[1]; i++) {
        STORE(y + i * stride, CONVERT(factor * *(const wide *)(x + i * stride), lanes));
    }
}

/* The same to double precision. */
void widen(void **a, const long *n) {
    const long stride = n[2], column = n[3];
    const real *x = (real *)a[0] + column;
    const wide factor = *(const wide *)((double *)a[1] + column);
    double *y = (double *)a[2] + column;
    for (long i = n[0]; i < n[1]; i++) {
        *(wide *)(y + i * stride) = factor * CONVERT(LOAD(x + i * stride), wide);
    }
}

/* result[n[4] + column] = the inner products of columns of X and Y over rows n[0] to n[1] - 1. */
void dot(void **a, const long *n) {
    const long stride = n[2], column = n[3];
    const real *x = (real *)a[0] + column, *y = (real *)a[1] + column;
    /* Two sums, so that an addition need not wait for the one before. */
    lanes even = {0}, odd = {0};
    long i = n[0];
    for (; i + 1 < n[1]; i += 2) {
        even += LOAD(x + i * stride) * LOAD(y + i * stride);
        odd += LOAD(x + (i + 1) * stride) * LOAD(y + (i + 1) * stride);
    }
    if (i < n[1]) {
        even += LOAD(x + i * stride) * LOAD(y + i * stride);
    }
    STORE((real *)a[2] + n[4] + column, even + odd);
}

/* Y = Y + alpha X with one factor per column in rows n[0] to n[1] - 1. */
void axpy(void **a, const long *n) {
    const long stride = n[2], column = n[3];
    const lanes alpha = LOAD((real *)a[0] + column);
    const real *x = (real *)a[1] + column;
    real *y = (real *)a[2] + column;
    for (long i = n[0]; i < n[1]; i++) {
        STORE(y + i * stride, LOAD(y + i * stride) + alpha * LOAD(x + i * stride));
    }
}

/* Y = X + beta Y. */
void xpby(void **a, const long *n) {
    const long stride = n[2], column = n[3];
    const lanes beta = LOAD((real *)a[0] + column);
    const real *x = (real *)a[1] + column;
    real *y = (real *)a[2] + column;
    for (long i = n[0]; i < n[1]; i++) {
        STORE(y + i * stride, LOAD(x + i * stride) + beta * LOAD(y + i * stride));
    }
}
