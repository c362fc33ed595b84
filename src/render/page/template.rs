//! The templates of the service, by the names of their files.

macro_rules! template {
    ($name:literal) => {
        TemplateChoice { name: $name, source: include_str!(concat!("../../../templates/service/", $name)) }
    };
}

pub(super) use template;
