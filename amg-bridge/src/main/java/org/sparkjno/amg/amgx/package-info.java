// SPDX-License-Identifier: Apache-2.0
/** Sparse solves by NVIDIA AmgX where it is installed: loaded at run time, driven by one thread, judged by true residuals. */
package org.sparkjno.amg.amgx;
