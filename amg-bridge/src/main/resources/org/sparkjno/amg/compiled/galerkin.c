/*
 * Values of rows n[0] to n[1] - 1 of the triple product R A P, whose pattern is known.
 *
 * Rows of A P are computed when first needed and lie in a ring, whose size n[2] is a power of two, until others take their
 * place: neighbouring coarse rows need mostly the same ones. A position in the ring only grows, n[3] being the next; the
 * row begins with its length. Of the n[4] fine rows `place` holds where each begins, or has begun; of the coarse columns
 * `known` holds where each has come last. A position before the first, -1, means nowhere.
 */
void galerkin(void **a, long *n) {
    const int *rStart = a[0], *rColumns = a[1], *aStart = a[3], *aColumns = a[4], *pStart = a[6], *pColumns = a[7];
    const double *rValues = a[2], *aValues = a[5], *pValues = a[8];
    const int *start = a[9], *columns = a[10];
    double *values = a[11], *ring = a[14], *sum = a[15];
    long *place = a[12], *known = place + n[4];
    int *ringColumns = a[13];
    const long size = n[2];
    long head = n[3];
    for (long row = n[0]; row < n[1]; row++) {
        for (long k = start[row]; k < start[row + 1]; k++) {
            sum[columns[k]] = 0;
        }
        for (long k = rStart[row]; k < rStart[row + 1]; k++) {
            const long i = rColumns[k];
            if (place[i] < 0 || head - place[i] > size) {
                const long first = aStart[i], last = aStart[i + 1];
                long bound = 1;
                for (long l = first; l < last; l++) {
                    bound += pStart[aColumns[l] + 1] - pStart[aColumns[l]];
                }
                if ((head & (size - 1)) + bound > size) {
                    head = (head | (size - 1)) + 1;
                }
                int *rowColumns = ringColumns + (head & (size - 1));
                double *rowValues = ring + (head & (size - 1));
                long length = 0;
                for (long l = first; l < last; l++) {
                    const double factor = aValues[l];
                    for (long m = pStart[aColumns[l]]; m < pStart[aColumns[l] + 1]; m++) {
                        const int j = pColumns[m];
                        if (known[j] > head) {
                            rowValues[known[j] - head] += factor * pValues[m];
                        } else {
                            known[j] = head + ++length;
                            rowColumns[length] = j;
                            rowValues[length] = factor * pValues[m];
                        }
                    }
                }
                rowColumns[0] = length;
                place[i] = head;
                head += length + 1;
            }
            const int *rowColumns = ringColumns + (place[i] & (size - 1));
            const double *rowValues = ring + (place[i] & (size - 1));
            const double factor = rValues[k];
            for (long l = 1; l <= rowColumns[0]; l++) {
                sum[rowColumns[l]] += factor * rowValues[l];
            }
        }
        for (long k = start[row]; k < start[row + 1]; k++) {
            values[k] = sum[columns[k]];
        }
    }
    n[3] = head;
}
