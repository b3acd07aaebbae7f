package org.ndgrad.nn;

/** A layer that keeps neither its inputs nor its outputs, so that {@link Sequential} can give their memory back. */
interface KeepsNothing {}
