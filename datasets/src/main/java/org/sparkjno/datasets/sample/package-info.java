/** What a PDE sample is: named fields on a grid with parameters, and how samples are split and normalised. */
package org.sparkjno.datasets.sample;
