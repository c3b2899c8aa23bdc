// Package codes holds the national code tables and the checks of the numbers
// people, institutions and staff are known by (domain §4), and the way those
// numbers are masked for display (domain §8.4).
//
// The package is pure: it knows no database, no request and no clock. A refused
// number is an *Error whose message is Chinese and never repeats the number.
package codes
