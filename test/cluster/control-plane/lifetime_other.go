//go:build !linux

package main

// killWithParent has no counterpart outside Linux; the pipe has to do.
func killWithParent() {}
