// Package sheet reads and writes the spreadsheets counties exchange: xlsx, and csv
// in UTF-8, UTF-16 or GB18030. It reads row by row, so that memory does not grow
// with the file, and knows nothing about what the rows mean.
package sheet
