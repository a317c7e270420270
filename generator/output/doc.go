// Package output makes a folder of files in generations: each is staged beside
// the folder and swapped in whole, and what did not change stays as it is.
package output
