/*
 * A stand-in for AmgX on the processor: the same functions, by which conjugate gradients or Jacobi's iteration is done with the
 * diagonal as preconditioner. It keeps the order of calls, counts what is alive, notes what AmgX would not forgive, and fails
 * where it is told to.
 */
typedef unsigned long size;

void *calloc(size count, size bytes);
void free(void *block);
void *memcpy(void *to, const void *from, size bytes);
char *strstr(const char *text, const char *part);
char *strncpy(char *to, const char *from, size most);
int strcmp(const char *a, const char *b);
size strlen(const char *text);
double strtod(const char *text, char **end);
unsigned long pthread_self(void);

#define SINGLE_MATRIX 8449
#define MOST_STEPS 2000

typedef struct {
    int users;
    int conjugate;
    double tolerance;
    int limit;
} config;

typedef struct {
    int users;
    int device;
    config *made_of;
} resources;

typedef struct {
    int users;
    int mode;
    int n;
    int entries;
    int *start;
    int *columns;
    double *values;
    resources *on;
} matrix;

typedef struct {
    int n;
    double *values;
    resources *on;
} vector;

typedef struct {
    matrix *a;
    double *inverse;
    config *made_of;
    resources *on;
    int steps;
    int status;
    double residuals[MOST_STEPS + 1];
} solver;

static char calls[1 << 18];
static long used;
static int alive;
static int faults;
static int initialized;
static unsigned long thread;
static char failing[64];
static int failure;
static void (*print)(const char *, int);

static int enter(const char *name) {
    long length = strlen(name);
    if (used + length + 2 < sizeof calls) {
        memcpy(calls + used, name, length);
        used += length;
        calls[used++] = ' ';
        calls[used] = 0;
    }
    thread = thread ? thread : pthread_self();
    faults += thread != pthread_self();
    return strcmp(failing, name) ? 0 : failure;
}

#define ENTER(name)                                                                                                        \
    int rc = enter(name);                                                                                                  \
    if (rc) {                                                                                                              \
        return rc;                                                                                                         \
    }

#define CHECK(condition)                                                                                                   \
    if (!(condition)) {                                                                                                    \
        faults++;                                                                                                          \
        return 1;                                                                                                          \
    }

/* What tests ask: the calls since the last question, what is alive, faults, and which function is to fail with which code. */
void stand_in_state(long *a) {
    a[0] = alive;
    a[1] = faults;
    a[2] = used;
    memcpy((char *)a[3], calls, used + 1);
    used = 0;
    calls[0] = 0;
}

void stand_in_fail(long *a) {
    strncpy(failing, (const char *)a[0], sizeof failing - 1);
    failure = a[1];
}

void stand_in_reset(long *a) {
    alive = faults = initialized = failure = 0;
    used = thread = 0;
    calls[0] = failing[0] = 0;
}

int AMGX_get_error_string(int code, char *text, int most) {
    strncpy(text, code == 5 ? "Cuda failure." : code == 12 ? "Incorrect amgx configuration provided." : "Bad luck.", most);
    return 0;
}

int AMGX_register_print_callback(void (*callback)(const char *, int)) {
    ENTER("register_print_callback")
    print = callback;
    return 0;
}

int AMGX_initialize(void) {
    ENTER("initialize")
    CHECK(print)
    initialized = 1;
    print("stand-in for AmgX\n", 18);
    return 0;
}

int AMGX_finalize(void) {
    ENTER("finalize")
    CHECK(initialized && !alive)
    initialized = 0;
    return 0;
}

int AMGX_install_signal_handler(void) {
    faults++;
    return 0;
}

static double number(const char *text, const char *key, double otherwise) {
    char *at = 0;
    for (const char *next = text; (next = strstr(next, key)); next++) {
        at = (char *)next;
    }
    return at ? strtod(at + strlen(key), 0) : otherwise;
}

int AMGX_config_create(config **created, const char *text) {
    ENTER("config_create")
    CHECK(initialized)
    if (strstr(text, "unheard_of")) {
        print("Variable 'unheard_of' not registered\n", 37);
        return 12;
    }
    CHECK(strstr(text, "\"monitor_residual\": 1") && strstr(text, "\"store_res_history\": 1"))
    CHECK(strstr(text, "\"convergence\": \"ABSOLUTE\"") && !strstr(text, "exception_handling"))
    *created = calloc(1, sizeof(config));
    (*created)->conjugate = !!strstr(text, "PCG");
    (*created)->tolerance = number(text, "\"tolerance\": ", 0);
    (*created)->limit = number(text, "\"max_iters\": ", 100);
    alive++;
    return 0;
}

int AMGX_config_destroy(config *c) {
    ENTER("config_destroy")
    CHECK(!c->users)
    free(c);
    alive--;
    return 0;
}

int AMGX_resources_create(resources **created, config *c, void *comm, int count, const int *devices) {
    ENTER("resources_create")
    CHECK(c && !comm && count == 1)
    *created = calloc(1, sizeof(resources));
    (*created)->made_of = c;
    (*created)->device = devices[0];
    c->users++;
    alive++;
    return 0;
}

int AMGX_resources_destroy(resources *r) {
    ENTER("resources_destroy")
    CHECK(!r->users)
    r->made_of->users--;
    free(r);
    alive--;
    return 0;
}

int AMGX_matrix_create(matrix **created, resources *r, int mode) {
    ENTER("matrix_create")
    CHECK(mode == 8193 || mode == SINGLE_MATRIX)
    *created = calloc(1, sizeof(matrix));
    (*created)->on = r;
    (*created)->mode = mode;
    r->users++;
    alive++;
    return 0;
}

int AMGX_matrix_destroy(matrix *a) {
    ENTER("matrix_destroy")
    CHECK(!a->users)
    a->on->users--;
    free(a->start);
    free(a->columns);
    free(a->values);
    free(a);
    alive--;
    return 0;
}

static void put(matrix *a, const void *values) {
    for (int k = 0; k < a->entries; k++) {
        a->values[k] = a->mode == SINGLE_MATRIX ? ((const float *)values)[k] : ((const double *)values)[k];
    }
}

int AMGX_matrix_upload_all(
    matrix *a, int n, int entries, int bx, int by, const int *start, const int *columns, const void *values, const void *d) {
    ENTER("matrix_upload_all")
    CHECK(bx == 1 && by == 1 && !d && start[0] == 0 && start[n] == entries)
    a->n = n;
    a->entries = entries;
    a->start = calloc(n + 1, sizeof(int));
    a->columns = calloc(entries, sizeof(int));
    a->values = calloc(entries, sizeof(double));
    memcpy(a->start, start, (n + 1) * sizeof(int));
    memcpy(a->columns, columns, entries * sizeof(int));
    put(a, values);
    return 0;
}

int AMGX_matrix_replace_coefficients(matrix *a, int n, int entries, const void *values, const void *d) {
    ENTER("matrix_replace_coefficients")
    CHECK(a->values && n == a->n && entries == a->entries && !d)
    put(a, values);
    return 0;
}

int AMGX_vector_create(vector **created, resources *r, int mode) {
    ENTER("vector_create")
    *created = calloc(1, sizeof(vector));
    (*created)->on = r;
    r->users++;
    alive++;
    return 0;
}

int AMGX_vector_destroy(vector *v) {
    ENTER("vector_destroy")
    v->on->users--;
    free(v->values);
    free(v);
    alive--;
    return 0;
}

static void resize(vector *v, int n) {
    free(v->values);
    v->values = calloc(n, sizeof(double));
    v->n = n;
}

int AMGX_vector_set_zero(vector *v, int n, int block) {
    ENTER("vector_set_zero")
    CHECK(block == 1)
    resize(v, n);
    return 0;
}

int AMGX_vector_upload(vector *v, int n, int block, const void *values) {
    ENTER("vector_upload")
    CHECK(block == 1)
    resize(v, n);
    memcpy(v->values, values, n * sizeof(double));
    return 0;
}

int AMGX_vector_download(vector *v, void *values) {
    ENTER("vector_download")
    CHECK(v->values)
    memcpy(values, v->values, v->n * sizeof(double));
    return 0;
}

int AMGX_solver_create(solver **created, resources *r, int mode, config *c) {
    ENTER("solver_create")
    *created = calloc(1, sizeof(solver));
    (*created)->on = r;
    (*created)->made_of = c;
    r->users++;
    c->users++;
    alive++;
    return 0;
}

int AMGX_solver_destroy(solver *s) {
    ENTER("solver_destroy")
    s->on->users--;
    s->made_of->users--;
    if (s->a) {
        s->a->users--;
    }
    free(s->inverse);
    free(s);
    alive--;
    return 0;
}

static int set_up(solver *s, matrix *a) {
    CHECK(a->values && (!s->a || s->a == a))
    if (!s->a) {
        a->users++;
        s->a = a;
        s->inverse = calloc(a->n, sizeof(double));
    }
    for (int i = 0; i < a->n; i++) {
        for (int k = a->start[i]; k < a->start[i + 1]; k++) {
            if (a->columns[k] == i) {
                s->inverse[i] = 1 / a->values[k];
            }
        }
    }
    return 0;
}

int AMGX_solver_setup(solver *s, matrix *a) {
    ENTER("solver_setup")
    return set_up(s, a);
}

int AMGX_solver_resetup(solver *s, matrix *a) {
    ENTER("solver_resetup")
    CHECK(s->a)
    return set_up(s, a);
}

static void multiply(matrix *a, const double *x, double *y) {
    for (int i = 0; i < a->n; i++) {
        y[i] = 0;
        for (int k = a->start[i]; k < a->start[i + 1]; k++) {
            y[i] += a->values[k] * x[a->columns[k]];
        }
    }
}

static double dot(const double *x, const double *y, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += x[i] * y[i];
    }
    return sum;
}

int AMGX_solver_solve_with_0_initial_guess(solver *s, vector *b, vector *x) {
    ENTER("solver_solve_with_0_initial_guess")
    CHECK(s->a && b->n == s->a->n && x->n == s->a->n && s->made_of->limit <= MOST_STEPS)
    int n = b->n;
    double *r = calloc(4 * n, sizeof(double)), *z = r + n, *p = z + n, *q = p + n;
    double energy = 0;
    memcpy(r, b->values, n * sizeof(double));
    s->residuals[0] = __builtin_sqrt(dot(r, r, n));
    s->steps = 0;
    while (s->residuals[s->steps] > s->made_of->tolerance && s->steps < s->made_of->limit) {
        for (int i = 0; i < n; i++) {
            z[i] = s->inverse[i] * r[i];
        }
        double last = energy;
        energy = dot(r, z, n);
        double beta = s->made_of->conjugate && s->steps ? energy / last : 0;
        for (int i = 0; i < n; i++) {
            p[i] = z[i] + beta * p[i];
        }
        multiply(s->a, p, q);
        double alpha = s->made_of->conjugate ? energy / dot(p, q, n) : 1;
        for (int i = 0; i < n; i++) {
            x->values[i] += alpha * p[i];
            r[i] -= alpha * q[i];
        }
        s->residuals[++s->steps] = __builtin_sqrt(dot(r, r, n));
    }
    free(r);
    s->status = s->residuals[s->steps] <= s->made_of->tolerance ? 0 : 2;
    return 0;
}

int AMGX_solver_get_status(solver *s, int *status) {
    ENTER("solver_get_status")
    *status = s->status;
    return 0;
}

int AMGX_solver_get_iterations_number(solver *s, int *steps) {
    ENTER("solver_get_iterations_number")
    *steps = s->steps;
    return 0;
}

int AMGX_solver_get_iteration_residual(solver *s, int step, int index, double *residual) {
    int rc = strcmp(failing, "solver_get_iteration_residual") ? 0 : failure;
    CHECK(step <= s->steps && index == 0)
    *residual = s->residuals[step];
    return rc;
}
