/*
 * The bridge between Java and generated code, without jni.h: JNIEnv* and jclass are passed as void*, jlong is a long
 * (LP64). A Java string crosses as the address of its bytes, ended by zero.
 */
#define JNI(name) Java_org_sparkjno_kernels_device_cpu_Native_##name

typedef unsigned long size;

void *dlopen(const char *path, int mode);
void *dlsym(void *library, const char *name);
int dlclose(void *library);
char *dlerror(void);
int posix_memalign(void **block, size alignment, size bytes);
void free(void *block);
void *memset(void *block, int value, size bytes);

void JNI(call)(void *env, void *type, long function, long arguments) {
    ((void (*)(long))function)(arguments);
}

#define MOST_ARRAYS 16

/*
 * While arrays are held the collector waits, so nothing but the function happens then: references are fetched before, and
 * the numbers are held like the rest.
 */
unsigned char JNI(callOnArrays)(void *env, void *type, long function, void *arrays, void *numbers) {
    void **table = *(void ***)env;
    int (*length)(void *, void *) = table[171];             /* GetArrayLength */
    void *(*element)(void *, void *, int) = table[173];     /* GetObjectArrayElement */
    void *(*hold)(void *, void *, void *) = table[222];     /* GetPrimitiveArrayCritical */
    void (*release)(void *, void *, void *, int) = table[223]; /* ReleasePrimitiveArrayCritical */
    int count = length(env, arrays) + 1;
    void *array[MOST_ARRAYS + 1];
    void *at[MOST_ARRAYS + 1];
    if (count > MOST_ARRAYS + 1) {
        return 0;
    }
    array[0] = numbers;
    for (int i = 1; i < count; i++) {
        array[i] = element(env, arrays, i - 1);
    }
    int held = 0;
    for (; held < count; held++) {
        at[held] = array[held] ? hold(env, array[held], 0) : 0;
        if (array[held] && !at[held]) {
            break;
        }
    }
    if (held == count) {
        ((void (*)(void **, long *))function)(at + 1, at[0]);
    }
    for (int i = held - 1; i >= 0; i--) {
        if (array[i]) {
            release(env, array[i], at[i], 0);
        }
    }
    return held == count;
}

/* The thread that came from Java, as generated code knows it: by the address of a function that calls back. */
struct host {
    int (*call)(struct host *host, long number, void *at);
    void *env;
    void *type;
    void *calls;
};

static void *callBack;

static int calledBack(struct host *host, long number, void *at) {
    void **table = *(void ***)host->env;
    long arguments[] = {(long)host->calls, number, (long)at};
    ((void (*)(void *, void *, void *, long *))table[143] /* CallStaticVoidMethodA */)(
        host->env, host->type, callBack, arguments);
    return ((unsigned char (*)(void *))table[228] /* ExceptionCheck */)(host->env);
}

/* All threads find the same method. */
void JNI(callWithHost)(void *env, void *type, long function, long arguments, long at, void *calls) {
    struct host host = {calledBack, env, type, calls};
    if (!__atomic_load_n(&callBack, __ATOMIC_RELAXED)) {
        void *(*method)(void *, void *, const char *, const char *) = (*(void ***)env)[113]; /* GetStaticMethodID */
        __atomic_store_n(
            &callBack, method(env, type, "callBack", "(Lorg/sparkjno/kernels/device/cpu/HostCalls;IJ)V"), __ATOMIC_RELAXED);
    }
    if (callBack) {
        *(struct host **)at = &host;
        ((void (*)(long))function)(arguments);
    }
}

long JNI(open)(void *env, void *type, long path) {
    return (long)dlopen((const char *)path, 2 /* RTLD_NOW */);
}

long JNI(find)(void *env, void *type, long library, long name) {
    return (long)dlsym((void *)library, (const char *)name);
}

int JNI(shut)(void *env, void *type, long library) {
    return dlclose((void *)library);
}

/* The string is made here, since the next lookup by the JVM itself would overwrite the text. */
void *JNI(error)(void *env, void *type) {
    void *(*newStringUTF)(void *, const char *) = (*(void ***)env)[167];
    const char *text = dlerror();
    return text ? newStringUTF(env, text) : 0;
}

void *JNI(buffer)(void *env, void *type, long address, long bytes) {
    void *(*newDirectByteBuffer)(void *, void *, long) = (*(void ***)env)[229];
    return newDirectByteBuffer(env, (void *)address, bytes);
}

#ifdef __linux__

void *mmap(void *address, size bytes, int protection, int flags, int file, long offset);
int munmap(void *address, size bytes);
int madvise(void *address, size bytes, int advice);

#define LARGE (4L << 20)
#define HUGE_PAGE (2L << 20)
#define ROUNDED(bytes) (((bytes) + 4095) & ~4095L)

/* Fresh pages are zero and are placed on first touch, so a large block costs nothing until it is used. */
static long mapped(long bytes) {
    long length = ROUNDED(bytes) + HUGE_PAGE;
    long start = (long)mmap(0, length, 3 /* read, write */, 0x22 /* private, anonymous */, -1, 0);
    if (start == -1) {
        return 0;
    }
    long block = (start + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
    long end = block + ROUNDED(bytes);
    if (block > start) {
        munmap((void *)start, block - start);
    }
    if (start + length > end) {
        munmap((void *)end, start + length - end);
    }
    madvise((void *)block, end - block, 14 /* MADV_HUGEPAGE */);
    return block;
}

#endif

static long zeroed(long bytes) {
    void *block = 0;
    if (posix_memalign(&block, 64, bytes)) {
        return 0;
    }
    memset(block, 0, bytes);
    return (long)block;
}

long JNI(allocate)(void *env, void *type, long bytes) {
#ifdef __linux__
    if (bytes >= LARGE) {
        return mapped(bytes);
    }
#endif
    return zeroed(bytes);
}

void JNI(release)(void *env, void *type, long address, long bytes) {
#ifdef __linux__
    if (bytes >= LARGE) {
        munmap((void *)address, ROUNDED(bytes));
        return;
    }
#endif
    free((void *)address);
}

/*
 * A pool of threads that run the parts of one piece of work. Part k always goes to the same thread, workers spin for a
 * while after a run, since the next one mostly follows at once, and then sleep. One run at a time has the pool; others
 * meanwhile do all their parts themselves, with the same result.
 */
typedef void (*work)(void *arguments, long part);

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#define MOST_WORKERS 255
#define SPINS 4000
#ifdef __x86_64__
#define FUTEX 202
#define PAUSE() __builtin_ia32_pause()
#else
#define FUTEX 98
#define PAUSE() __asm__ volatile("yield")
#endif

int pthread_create(unsigned long *thread, const void *attributes, void *(*start)(void *), void *argument);
int pthread_detach(unsigned long thread);
long syscall(long number, ...);

static struct {
    int taken;
    int workers;
    int generation;
    int pending;
    long parts;
    work task;
    void *arguments;
    int since[MOST_WORKERS + 1];
} pool;

/* Waits until a number is no longer what it was. */
static void await(int *number, int was) {
    for (int i = 0; i < SPINS; i++) {
        if (__atomic_load_n(number, __ATOMIC_ACQUIRE) != was) {
            return;
        }
        PAUSE();
    }
    while (__atomic_load_n(number, __ATOMIC_ACQUIRE) == was) {
        syscall(FUTEX, number, 128 /* wait, private */, was, 0, 0, 0);
    }
}

static void wake(int *number) {
    syscall(FUTEX, number, 129 /* wake, private */, 0x7fffffff, 0, 0, 0);
}

static void *serve(void *number) {
    long own = (long)number;
    int seen = pool.since[own];
    for (;;) {
        await(&pool.generation, seen);
        seen++;
        if (own < pool.parts) {
            pool.task(pool.arguments, own);
        }
        if (__atomic_sub_fetch(&pool.pending, 1, __ATOMIC_ACQ_REL) == 0) {
            wake(&pool.pending);
        }
    }
    return 0;
}

static void hire(long workers) {
    while (pool.workers < workers && pool.workers < MOST_WORKERS) {
        unsigned long thread;
        long number = pool.workers + 1;
        pool.since[number] = pool.generation;
        if (pthread_create(&thread, 0, serve, (void *)number)) {
            return;
        }
        pthread_detach(thread);
        pool.workers++;
    }
}

static void run(work task, void *arguments, long parts) {
    if (parts > 1 && !__atomic_exchange_n(&pool.taken, 1, __ATOMIC_ACQUIRE)) {
        hire(parts - 1);
        long shared = pool.workers + 1 < parts ? pool.workers + 1 : parts;
        pool.task = task;
        pool.arguments = arguments;
        pool.parts = shared;
        __atomic_store_n(&pool.pending, pool.workers, __ATOMIC_RELAXED);
        __atomic_add_fetch(&pool.generation, 1, __ATOMIC_RELEASE);
        wake(&pool.generation);
        task(arguments, 0);
        for (long part = shared; part < parts; part++) {
            task(arguments, part);
        }
        int pending;
        while ((pending = __atomic_load_n(&pool.pending, __ATOMIC_ACQUIRE)) != 0) {
            await(&pool.pending, pending);
        }
        __atomic_store_n(&pool.taken, 0, __ATOMIC_RELEASE);
        return;
    }
    for (long part = 0; part < parts; part++) {
        task(arguments, part);
    }
}

#else

static void run(work task, void *arguments, long parts) {
    for (long part = 0; part < parts; part++) {
        task(arguments, part);
    }
}

#endif

long JNI(pool)(void *env, void *type) {
    return (long)run;
}
