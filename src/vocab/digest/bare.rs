//! A thing as the bytes that are hashed: quicker to write than JSON, and no easier to mistake.
//!
//! Every value begins with a mark of its kind; a text says how long it is, a list where it ends, and a field
//! that is left out, that it is. So no two things are written alike. Nothing reads it back.

use std::fmt;

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The end of a list, a map or a structure.
const END: u8 = 0;
/// Nothing, as of a value that is not known.
const NONE: u8 = 1;
/// A value that is known.
const SOME: u8 = 2;
/// A field that is left out.
const LEFT_OUT: u8 = 3;
/// One of two.
const BOOL: u8 = 4;
/// A number that may be below nothing.
const SIGNED: u8 = 5;
/// A number.
const UNSIGNED: u8 = 6;
/// A number of sixteen bytes.
const LONG: u8 = 7;
/// A fraction.
const FLOAT: u8 = 8;
/// A text.
const TEXT: u8 = 9;
/// Bytes.
const BYTES: u8 = 10;
/// A list.
const LIST: u8 = 11;
/// A map.
const MAP: u8 = 12;
/// A structure.
const STRUCT: u8 = 13;
/// One of several kinds of value.
const VARIANT: u8 = 14;

/// Writes things at the end of what is hashed.
pub(super) struct Bare<'b>(pub(super) &'b mut Vec<u8>);

impl Bare<'_> {
    /// Writes a mark.
    fn mark(&mut self, mark: u8) {
        self.0.push(mark);
    }

    /// Writes a number of eight bytes behind its mark.
    fn eight(&mut self, mark: u8, bytes: [u8; 8]) {
        self.mark(mark);
        self.0.extend_from_slice(&bytes);
    }

    /// Writes bytes behind their mark and their length.
    fn long(&mut self, mark: u8, bytes: &[u8]) {
        self.eight(mark, (bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    /// Begins one of several kinds of value.
    fn variant(&mut self, number: u32) {
        self.mark(VARIANT);
        self.0.extend_from_slice(&number.to_le_bytes());
    }
}

/// The methods that write a number of some type as one of eight bytes.
macro_rules! numbers {
    ($($method:ident $from:ty => $mark:ident $to:ty),*) => {
        $(fn $method(self, value: $from) -> Result<(), fmt::Error> {
            self.eight($mark, <$to>::from(value).to_le_bytes());
            Ok(())
        })*
    };
}

impl Serializer for &mut Bare<'_> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_i8 i8 => SIGNED i64, serialize_i16 i16 => SIGNED i64,
        serialize_i32 i32 => SIGNED i64, serialize_i64 i64 => SIGNED i64,
        serialize_u8 u8 => UNSIGNED u64, serialize_u16 u16 => UNSIGNED u64,
        serialize_u32 u32 => UNSIGNED u64, serialize_u64 u64 => UNSIGNED u64,
        serialize_f32 f32 => FLOAT f64, serialize_f64 f64 => FLOAT f64
    }

    fn serialize_bool(self, value: bool) -> Result<(), fmt::Error> {
        self.0.extend_from_slice(&[BOOL, u8::from(value)]);
        Ok(())
    }

    fn serialize_i128(self, value: i128) -> Result<(), fmt::Error> {
        self.mark(SIGNED);
        self.serialize_u128(value.cast_unsigned())
    }

    fn serialize_u128(self, value: u128) -> Result<(), fmt::Error> {
        self.mark(LONG);
        self.0.extend_from_slice(&value.to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), fmt::Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), fmt::Error> {
        self.long(TEXT, value.as_bytes());
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), fmt::Error> {
        self.long(BYTES, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.mark(NONE);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        self.mark(SOME);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), fmt::Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        number: u32,
        _: &'static str,
    ) -> Result<(), fmt::Error> {
        self.variant(number);
        self.serialize_none()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        number: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.variant(number);
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.mark(LIST);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        number: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, fmt::Error> {
        self.variant(number);
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.mark(MAP);
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.mark(STRUCT);
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        number: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Self, fmt::Error> {
        self.variant(number);
        self.serialize_struct(name, length)
    }
}

/// The traits of what holds several values one behind the other, until its end.
macro_rules! several {
    ($($of:ident $method:ident),*) => {
        $(impl $of for &mut Bare<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.mark(END);
                Ok(())
            }
        })*
    };
}

several! {
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
}

/// The traits of what has fields, some of which may be left out.
macro_rules! fields {
    ($($of:ident),*) => {
        $(impl $of for &mut Bare<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                _: &'static str,
                value: &T,
            ) -> Result<(), fmt::Error> {
                value.serialize(&mut **self)
            }

            fn skip_field(&mut self, _: &'static str) -> Result<(), fmt::Error> {
                self.mark(LEFT_OUT);
                Ok(())
            }

            fn end(self) -> Result<(), fmt::Error> {
                self.mark(END);
                Ok(())
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut Bare<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), fmt::Error> {
        self.mark(END);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde::Serialize;

    use super::*;

    /// A thing as bytes.
    fn bytes(thing: &impl Serialize) -> Vec<u8> {
        let mut bytes = Vec::new();
        thing.serialize(&mut Bare(&mut bytes)).unwrap();
        bytes
    }

    #[derive(Serialize)]
    struct Sparse {
        #[serde(skip_serializing_if = "Option::is_none")]
        one: Option<u8>,
        #[serde(skip_serializing_if = "Option::is_none")]
        other: Option<u8>,
    }

    #[derive(Serialize)]
    enum Kind {
        Plain,
        Held(u8),
        Named { one: u8 },
        Twice(u8, u8),
    }

    #[test]
    fn no_two_things_are_written_alike() {
        let all = [
            bytes(&""),
            bytes(&"a"),
            bytes(&'b'),
            bytes(&["a", "bc"]),
            bytes(&["ab", "c"]),
            bytes(&[["a"].as_slice(), &["b"]]),
            bytes(&[["a", "b"].as_slice(), &[]]),
            bytes(&[[].as_slice(), &["a", "b"]]),
            bytes(&1_u8),
            bytes(&1_i8),
            bytes(&1_u128),
            bytes(&1_i128),
            bytes(&1.0),
            bytes(&true),
            bytes(&false),
            bytes(&None::<u8>),
            bytes(&Some(1_u8)),
            bytes(&Some(Some(1_u8))),
            bytes(&Some(None::<u8>)),
            bytes(&Sparse { one: None, other: None }),
            bytes(&Sparse { one: Some(1), other: None }),
            bytes(&Sparse { one: None, other: Some(1) }),
            bytes(&Kind::Plain),
            bytes(&Kind::Held(1)),
            bytes(&Kind::Named { one: 1 }),
            bytes(&Kind::Twice(1, 1)),
            bytes(&BTreeMap::from([(1_u8, 2_u8)])),
            bytes(&BTreeMap::from([(1_u8, 2_u8), (3, 4)])),
            bytes(&[(1_u8, 2_u8)]),
        ];
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn one_number_is_written_alike_however_wide_it_is() {
        assert_eq!(bytes(&7_u8), bytes(&7_u64));
        assert_eq!(bytes(&-7_i16), bytes(&-7_i64));
    }
}
