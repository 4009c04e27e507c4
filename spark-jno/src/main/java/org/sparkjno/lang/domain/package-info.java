// SPDX-License-Identifier: Apache-2.0
/** Domains: regions with points, coordinates that know their region, and data attached to samples. */
package org.sparkjno.lang.domain;
