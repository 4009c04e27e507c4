// SPDX-License-Identifier: Apache-2.0
/** Ready-made experiments: which problem, model and schedule belong together. */
package org.sparkjno.experiment;
