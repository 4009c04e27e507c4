// SPDX-License-Identifier: Apache-2.0
/** Collocation points that follow the training: where the residual is large there are more. */
package org.sparkjno.lang.resample;
