/*
 * Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The
 * two words of the block are xored. Straight arithmetic on words, so that a loop over counters vectorises.
 */
#ifdef __CUDACC__
#define JNO_RANDOM static __device__ __forceinline__
#else
#define JNO_RANDOM static inline __attribute__((always_inline, unused))
#endif
#define JNO_ROUND(r) x0 += x1; x1 = (x1 << (r) | x1 >> (32 - (r))) ^ x0;
#define JNO_EVEN JNO_ROUND(13) JNO_ROUND(15) JNO_ROUND(26) JNO_ROUND(6)
#define JNO_ODD JNO_ROUND(17) JNO_ROUND(29) JNO_ROUND(16) JNO_ROUND(24)
JNO_RANDOM unsigned jno_threefry(unsigned key0, unsigned key1, unsigned long counter) {
  const unsigned key2 = 0x1BD11BDAu ^ key0 ^ key1;
  unsigned x0 = (unsigned)(counter >> 32) + key0;
  unsigned x1 = (unsigned)counter + key1;
  JNO_EVEN x0 += key1; x1 += key2 + 1;
  JNO_ODD x0 += key2; x1 += key0 + 2;
  JNO_EVEN x0 += key0; x1 += key1 + 3;
  JNO_ODD x0 += key1; x1 += key2 + 4;
  JNO_EVEN x0 += key2; x1 += key0 + 5;
  return x0 ^ x1;
}
