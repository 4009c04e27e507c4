/** Sparse matrices in compressed row storage, their assembly and their products. */
package org.sparkjno.amg.matrix;
