// SPDX-License-Identifier: Apache-2.0
/** What each task takes of the samples and points of a problem in each step. */
package org.sparkjno.lang.feed;
