package org.ndgrad.autograd.ops;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter of an operation is where a person leaves it out: an expression. It may be left out together with all
 * parameters behind it. The methods of {@link org.ndgrad.autograd.Tensor} and the functions that are written from the
 * families have a form for each such choice.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.PARAMETER)
@interface Default {
    /** Returns the expression. */
    String value();
}
