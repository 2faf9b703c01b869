"""One-stop dossiers: from filing to the signed, sealed answer."""
