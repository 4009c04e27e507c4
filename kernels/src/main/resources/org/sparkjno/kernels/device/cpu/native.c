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
